import { present } from "../wording/present.ts";
import type { Mistake } from "../wording/mistakes.ts";
import {
  foreignTables,
  inCatalogOrder,
  presets,
  tableMeantBy,
  tableNamed,
  unlistedTableName,
  type Product,
} from "./tables.ts";

/** The tables to stream: a list, or changes to the product's preset. */
export type TableSelection =
  | readonly string[]
  | {
      readonly add?: readonly string[] | undefined;
      readonly remove?: readonly string[] | undefined;
      /** Tables that this project does not know, to add anyway. */
      readonly unlisted?: readonly string[] | undefined;
    };

export interface SelectedTables {
  /** As the catalog spells them, in its order; undefined if the mistakes leave none. */
  readonly tables: readonly string[] | undefined;
  readonly unlistedTables: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** The selected tables. Without a selection: the product's preset. Without a product, only the names are checked. */
export function selectTables(
  product: Product | undefined,
  selection: TableSelection | undefined,
): SelectedTables {
  if (selection === undefined)
    return { tables: product && presets[product], unlistedTables: [], mistakes: [] };
  return isList(selection) ? fromList(selection) : fromChanges(product, selection);
}

function fromList(names: readonly string[]): SelectedTables {
  const { tables, mistakes } = namesIn("tables", names);
  if (names.length === 0) mistakes.push(noTable("tables", names));
  return { tables: tables.length > 0 ? inCatalogOrder(tables) : undefined, unlistedTables: [], mistakes };
}

function fromChanges(
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
  const tables = inCatalogOrder(new Set([...kept, ...add.tables, ...unlisted.tables]));
  if (tables.length === 0) mistakes.push(noTable("tables", selection));
  return { tables: tables.length > 0 ? tables : undefined, unlistedTables: unlisted.tables, mistakes };
}

/** The tables of a list, each once, with a mistake for each name that is unknown or given twice. */
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

/** Tables of the other product count as unknown. */
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
    const spelled = known?.name ?? name;
    if (known !== undefined && foreignTables(product, [spelled]).length === 0) {
      const rule = "`unlisted` is for tables that this project does not know, and it knows this one.";
      mistakes.push({ ...at, rule, fix: `Write ${known.name} under \`add\`.` });
    } else if (!unlistedTableName.test(spelled)) {
      const rule =
        "A table's name has up to 128 letters and digits and starts with a capital letter, as in advanced hunting.";
      mistakes.push({ ...at, rule, fix: "Copy the name from the advanced hunting schema." });
    } else if (tables.some((other) => other.toLowerCase() === spelled.toLowerCase())) {
      mistakes.push({ ...at, ...twice });
    } else tables.push(spelled);
  });
  return { tables, mistakes };
}

const twice = {
  rule: "Each table can be in the list once. Case does not matter.",
  fix: "Remove one of the two.",
};

/** Rule and fix for an unknown table. */
export function unknownTable(name: string): Pick<Mistake, "rule" | "fix"> {
  const meant = tableMeantBy(name);
  return {
    rule: "Defender is not known to stream this table.",
    fix:
      meant === undefined
        ? "Remove it. If your tenant streams it, write it under `tables: {unlisted: [...]}`."
        : `Did you mean ${meant}?`,
  };
}

function noTable(key: string, value: unknown): Mistake {
  const fix = "Name at least one, or remove the key to stream the product's preset.";
  return { key, value, rule: "There must be at least one table.", fix };
}

function emptyParts(selection: Exclude<TableSelection, readonly string[]>): Mistake[] {
  const fix = "Name at least one table in it, or remove it.";
  const parts = Object.entries(present(selection));
  if (parts.length === 0) {
    const rule = "Changes to the preset are written as `add`, `remove` or `unlisted`.";
    return [{ key: "tables", value: selection, rule, fix: "Write one of them, or remove the key." }];
  }
  return parts
    .filter(([, names]) => names.length === 0)
    .map(([part, names]) => ({
      key: `tables.${part}`,
      value: names,
      rule: "An empty list has no effect.",
      fix,
    }));
}

/** TypeScript's `Array.isArray` does not narrow a readonly list out of a union. */
function isList(selection: TableSelection): selection is readonly string[] {
  return Array.isArray(selection);
}
