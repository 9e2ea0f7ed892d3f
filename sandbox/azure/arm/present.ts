import type { Resource } from "../state.ts";
import type { ResourceType, View } from "./resourceType.ts";
import { show } from "./shape.ts";

/** A resource as an answer shows it to one api-version. */
export function present(
  type: ResourceType,
  resource: Resource,
  view: View,
  updated = false,
): Record<string, unknown> {
  const extra = type.reading?.present?.(resource, view);
  const { properties, ...envelope } = resource.body;
  const whole = {
    ...envelope,
    ...extra?.envelope,
    properties: {
      ...properties,
      ...(type.lifecycle && {
        provisioningState: resource.pending?.state ?? (resource.failed ? "Failed" : "Succeeded"),
      }),
      ...extra?.properties,
      ...(updated && type.reading?.presentUpdate?.(resource)),
    },
  };
  const shown = show(whole, type.body, view.version) as Record<string, unknown>;
  const location = extra?.location ?? resource.body.location;
  return {
    ...shown,
    id: resource.id,
    name: resource.name,
    type: extra?.type ?? type.name,
    ...(location !== undefined && { location }),
  };
}
