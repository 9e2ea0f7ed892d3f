import type { StreamingRequest } from "../request.ts";
import { hubNameOf } from "../defender/tables.ts";
import type { ExistingFacts, ExistingHub, ExistingNamespace } from "./facts.ts";
import { isAdopted } from "./existing.ts";

/** The hub that a table's events go to. */
export function hubFor(table: string, { layout, hubName }: StreamingRequest): string {
  return layout === "single" ? (hubName ?? "") : hubNameOf(table);
}

/** The hub of a namespace under a name; letter case is ignored. */
export function hubNamed({ hubs }: ExistingNamespace, name: string): ExistingHub | undefined {
  return hubs.find((hub) => hub.name.toLowerCase() === name.toLowerCase());
}

/** What the marks of this project begin with. */
export const markPrefix = "defender-streaming ";

/** Whose a hub is that is there already. `ours`: this stack made it; `adopted`: it becomes this stack's. */
export function standing(
  hub: ExistingHub,
  { existing = {} }: Pick<StreamingRequest, "existing">,
  { mark }: Pick<ExistingFacts, "mark">,
): "ours" | "adopted" | "anotherStack" | "foreign" {
  if (hub.metadata === mark) return "ours";
  if (hub.metadata.startsWith(markPrefix)) return "anotherStack";
  return isAdopted(existing, hub.name) ? "adopted" : "foreign";
}
