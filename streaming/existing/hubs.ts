import type { StreamingRequest } from "../request.ts";
import { hubNameOf } from "../defender/tables.ts";
import type { ExistingFacts, ExistingHub, ExistingNamespace } from "./facts.ts";
import { isAdopted } from "./existing.ts";

/** The hub of a table. */
export function hubFor(table: string, { layout, hubName }: StreamingRequest): string {
  return layout === "single" ? (hubName ?? "") : hubNameOf(table);
}

/** The hub of that name in a namespace. Case does not matter. */
export function hubNamed({ hubs }: ExistingNamespace, name: string): ExistingHub | undefined {
  return hubs.find((hub) => hub.name.toLowerCase() === name.toLowerCase());
}

/** The beginning of this project's marks. */
export const markPrefix = "defender-streaming ";

/** The owner of an existing hub. `ours`: this stack created it; `adopted`: this stack takes it over. */
export function ownerOf(
  hub: ExistingHub,
  { existing = {} }: Pick<StreamingRequest, "existing">,
  { mark }: Pick<ExistingFacts, "mark">,
): "ours" | "adopted" | "anotherStack" | "foreign" {
  if (hub.metadata === mark) return "ours";
  if (hub.metadata.startsWith(markPrefix)) return "anotherStack";
  return isAdopted(existing, hub.name) ? "adopted" : "foreign";
}
