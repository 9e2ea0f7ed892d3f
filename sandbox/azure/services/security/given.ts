import { find } from "../../arm/inventory.ts";
import type { Body, Resource, World } from "../../state.ts";

/** The name as Azure spells it, from any letter case. */
export function spelledAs(name: string, names: readonly string[]): string | undefined {
  return names.find((known) => known.toLowerCase() === name.toLowerCase());
}

/** Everything of a type whose names are given by Azure, below a scope: as written, or else as it is before anybody writes it. */
export function listGiven(
  type: string,
  names: readonly string[],
  given: (name: string) => Body | undefined,
): (scope: string, view: { readonly world: World }) => Resource[] {
  return (scope, { world }) =>
    names.map((name) => {
      const id = `${scope}/providers/${type}/${name}`;
      return find(world, id) ?? { id, type, name, body: given(name) ?? {}, createdAt: "", updatedAt: "" };
    });
}
