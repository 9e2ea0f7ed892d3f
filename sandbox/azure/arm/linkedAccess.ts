import { segmentsOf, targetOf } from "./resourceId.ts";
import type { Link } from "./resourceType.ts";

/** An action, and the id of its resource. */
export interface Demand {
  readonly action: string;
  readonly scope: string;
}

/** The actions that a body takes on resources which it names, such as a subnet: Resource Manager asks for them at each PUT. */
export function linkedDemands(links: readonly Link[], body: unknown): Demand[] {
  return links.flatMap(({ to, action }) =>
    textsAt(body, to.split(".")).flatMap((id) => {
      const target = targetOf(segmentsOf(id));
      // The provider refuses what is not a resource's id.
      if (!target || target.names.length < target.types.length) return [];
      return [{ action: `${[target.provider, ...target.types].join("/")}/${action}`, scope: id }];
    }),
  );
}

function textsAt(value: unknown, [step, ...rest]: readonly string[]): string[] {
  if (step === undefined) return typeof value === "string" ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  if (step === "{}") return Object.keys(value);
  const parts = step === "[]" ? (Array.isArray(value) ? value : []) : [Reflect.get(value, step) as unknown];
  return parts.flatMap((part) => textsAt(part, rest));
}
