import { segmentsOf, targetOf } from "./resourceId.ts";
import type { Link } from "./resourceType.ts";

/** An action, and the id of what it is taken on. */
export interface Demand {
  readonly action: string;
  readonly scope: string;
}

/** The actions that a body takes on resources which it names, such as a subnet: Resource Manager asks for them at each PUT. */
export function linkedDemands(links: readonly Link[], body: unknown): Demand[] {
  return links.flatMap(({ to, action }) =>
    textsAt(body, to.split(".")).flatMap((id) => {
      const target = targetOf(segmentsOf(id));
      // What is no resource's id is for the provider to refuse.
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
