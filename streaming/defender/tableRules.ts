import type { Rule } from "../rule.ts";
import { unknownTable } from "./selection.ts";
import { foreignTables, presets, tableNamed } from "./tables.ts";

const known: Rule = ({ tables = [], unlistedTables = [] }) =>
  tables.flatMap((name, index) => {
    const at = { key: `tables[${index}]`, value: name };
    const table = tableNamed(name)?.name;
    if (table === name || (table === undefined && unlistedTables.includes(name))) return [];
    if (table === undefined) return [{ ...at, ...unknownTable(name) }];
    return [{ ...at, rule: "A table's name must be spelled as in the catalog.", fix: `Write ${table}.` }];
  });

const once: Rule = ({ tables = [] }) =>
  tables.flatMap((value, index) => {
    if (tables.indexOf(value) === index) return [];
    const rule = "Each table can be in the list once.";
    return [{ key: `tables[${index}]`, value, rule, fix: "Remove one of the two." }];
  });

const some: Rule = ({ tables: value }) => {
  if (value?.length !== 0) return [];
  return [{ key: "tables", value, rule: "There must be at least one table.", fix: "Name at least one." }];
};

/** From published scripts and settings of tenants: Microsoft's pages on that portal page have no list. */
const ofTheProduct: Rule = ({ product, tables = [], unlistedTables = [] }) => {
  const spelled = new Set(tables.map((name) => tableNamed(name)?.name ?? name));
  const foreign = foreignTables(product, [...spelled]).filter((table) => !unlistedTables.includes(table));
  if (foreign.length === 0) return [];
  const unasked = presets.endpoint.filter((table) => !spelled.has(table));
  const remove = unasked.length > 0 ? `remove: [${unasked.join(", ")}], ` : "";
  const unlisted = `unlisted: [${[...unlistedTables, ...foreign].join(", ")}]`;
  return [
    {
      key: "tables",
      value: foreign,
      rule: `Defender for Endpoint's page in the portal offers only the ${presets.endpoint.length} device tables. The others belong to Defender XDR.`,
      fix: `Remove them, or write \`product: xdr\`. If your tenant's page offers them anyway: \`tables: {${remove}${unlisted}}\`.`,
    },
  ];
};

export const tableRules: readonly Rule[] = [known, once, some, ofTheProduct];
