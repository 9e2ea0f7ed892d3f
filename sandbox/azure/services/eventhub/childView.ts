import { isSince } from "../../arm/apiVersion.ts";
import { find } from "../../arm/inventory.ts";
import { findLocation } from "../../arm/locations.ts";
import type { Presentation, View } from "../../arm/resourceType.ts";
import type { Resource } from "../../state.ts";

/**
 * Type and location of what lies in a namespace. Up to 2021 Event Hubs answers with capitals in the type and the
 * region's display name, since then with neither (HTTP recordings in Azure/azure-cli, test_eh_network and
 * test_eh_consumergroup).
 */
export function childView(resource: Resource, { world, version }: View): Presentation {
  const namespace = find(world, resource.id.split("/").slice(0, 9).join("/"));
  const location = findLocation(namespace?.body.location ?? "");
  return isSince(version, "2022-01-01-preview")
    ? { location: location?.name }
    : { location: location?.displayName, type: capitalized(resource.type) };
}

function capitalized(type: string): string {
  const names: Record<string, string> = { eventhubs: "EventHubs", consumergroups: "ConsumerGroups" };
  const upper = (segment: string) => names[segment] ?? segment.charAt(0).toUpperCase() + segment.slice(1);
  return type
    .split("/")
    .map((segment, i) => (i === 0 ? segment : upper(segment)))
    .join("/");
}
