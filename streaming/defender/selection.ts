import { present } from "../present.ts";
import type { Mistake } from "../wording/mistakes.ts";
import {
  foreignTables,
  inCatalogueOrder,
  presets,
  tableMeantBy,
  tableNamed,
  unlistedTableName,
  type Product,
} from "./tables.ts";

/** Which tables: a list of their own, or changes to the product's preset. */
export type TableSelection =
  | readonly string[]
  | {
      readonly add?: readonly string[] | undefined;
      readonly remove?: readonly string[] | undefined;
      /** Names in neither list of the catalogue, added all the same. */
      readonly unlisted?: readonly string[] | undefined;
    };

export interface SelectedTables {
  /** As the catalogue spells them, in its order; undefined when what is left after the mistakes says nothing. */
  readonly tables: readonly string[] | undefined;
  readonly unlistedTables: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** The tables that a selection means. Without a selection: the product's preset. Without a product only the names are checked. */
export function selectTables(
  product: Product | undefined,
  selection: TableSelection | undefined,
): SelectedTables {
  if (selection === undefined)
    return { tables: product && presets[product], unlistedTables: [], mistakes: [] };
  return isList(selection) ? listed(selection) : changed(product, selection);
}

function listed(names: readonly string[]): SelectedTables {
  const { tables, mistakes } = namesIn("tables", names);
  if (names.length === 0) mistakes.push(noTable("tables", names));
  return { tables: tables.length > 0 ? inCatalogueOrder(tables) : undefined, unlistedTables: [], mistakes };
}

function changed(
  product: Product | undefined,
  selection: Exclude<TableSelection, readonly string[]>,
): SelectedTables {
  const preset = product && presets[product];
  const add = namesIn("tables.add", selection.add ?? []);
  const remove = namesIn("tables.remove", selection.remove ?? []);
  const unlisted = unlistedIn("tables.unlisted", selection.unlisted ?? [], product);
  const mistakes = [...add.mistakes, ...remove.mistakes, ...unlisted.mistakes, ...emptyParts(selection)];
  if (preset === undefined) return { tables: undefined, unlistedTables: unlisted.tables, mistakes };

  for (const table of add.tables.filter((name) => preset.includes(name))) {
    mistakes.push({
      key: "tables.add",
      value: table,
      rule: "The product's preset already has this table.",
      fix: "Remove it from `add`.",
    });
  }
  for (const table of remove.tables.filter((name) => !preset.includes(name))) {
    mistakes.push({
      key: "tables.remove",
      value: table,
      rule: "Only a table of the product's preset can be removed.",
      fix: add.tables.includes(table) ? "Remove it from `add` and `remove`." : "Remove it from `remove`.",
    });
  }
  const kept = preset.filter((name) => !remove.tables.includes(name));
  const tables = inCatalogueOrder(new Set([...kept, ...add.tables, ...unlisted.tables]));
  if (tables.length === 0) mistakes.push(noTable("tables", selection));
  return { tables: tables.length > 0 ? tables : undefined, unlistedTables: unlisted.tables, mistakes };
}

/** The tables of a list, each once; a mistake for each name that is unknown or given twice. */
function namesIn(key: string, names: readonly string[]): { tables: string[]; mistakes: Mistake[] } {
  const tables: string[] = [];
  const mistakes: Mistake[] = [];
  names.forEach((name, index) => {
    const table = tableNamed(name)?.name;
    const at = { key: `${key}[${index}]`, value: name };
    if (table === undefined) mistakes.push({ ...at, ...unknownTable(name) });
    else if (tables.includes(table)) mistakes.push({ ...at, ...twice });
    else tables.push(table);
  });
  return { tables, mistakes };
}

/** With a product, tables of the other one are as good as unknown. */
function unlistedIn(
  key: string,
  names: readonly string[],
  product: Product | undefined,
): { tables: string[]; mistakes: Mistake[] } {
  const tables: string[] = [];
  const mistakes: Mistake[] = [];
  names.forEach((name, index) => {
    const at = { key: `${key}[${index}]`, value: name };
    const known = tableNamed(name);
    const spelt = known?.name ?? name;
    if (known !== undefined && foreignTables(product, [spelt]).length === 0) {
      const rule = "`unlisted` is for names that this project does not know, and it knows this table.";
      mistakes.push({ ...at, rule, fix: `Write ${known.name} under \`add\`.` });
    } else if (!unlistedTableName.test(spelt)) {
      const rule =
        "A table's name is up to 128 letters and digits and starts with a capital, as advanced hunting shows it.";
      mistakes.push({ ...at, rule, fix: "Write the name as it stands in the advanced-hunting schema." });
    } else if (tables.some((other) => other.toLowerCase() === spelt.toLowerCase())) {
      mistakes.push({ ...at, ...twice });
    } else tables.push(spelt);
  });
  return { tables, mistakes };
}

const twice = { rule: "A table is streamed once; letter case is ignored.", fix: "Remove one of the two." };

/** Rule and fix for a name that is no table. */
export function unknownTable(name: string): Pick<Mistake, "rule" | "fix"> {
  const meant = tableMeantBy(name);
  return {
    rule: "It is not a table that Defender is known to stream.",
    fix:
      meant === undefined
        ? "Remove it; or, when your tenant does stream it, write it under `tables: {unlisted: [...]}`."
        : `Did you mean ${meant}?`,
  };
}

function noTable(key: string, value: unknown): Mistake {
  const fix = "Name at least one, or leave the key out to stream the product's preset.";
  return { key, value, rule: "There must be at least one table to stream.", fix };
}

function emptyParts(selection: Exclude<TableSelection, readonly string[]>): Mistake[] {
  const fix = "Name at least one table in it, or leave it out.";
  const parts = Object.entries(present(selection));
  if (parts.length === 0) {
    const rule = "Changes to the preset are given as `add`, `remove` or `unlisted`.";
    return [{ key: "tables", value: selection, rule, fix: "Give one of them, or leave the key out." }];
  }
  return parts
    .filter(([, names]) => names.length === 0)
    .map(([part, names]) => ({
      key: `tables.${part}`,
      value: names,
      rule: "An empty list says nothing.",
      fix,
    }));
}

/** TypeScript's `Array.isArray` does not narrow a readonly list out of a union. */
function isList(selection: TableSelection): selection is readonly string[] {
  return Array.isArray(selection);
}
