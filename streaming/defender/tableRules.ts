import type { Rule } from "../rule.ts";
import { unknownTable } from "./selection.ts";
import { foreignTables, presets, tableNamed } from "./tables.ts";

const known: Rule = ({ tables = [], unlistedTables = [] }) =>
  tables.flatMap((name, index) => {
    const at = { key: `tables[${index}]`, value: name };
    const table = tableNamed(name)?.name;
    if (table === name || (table === undefined && unlistedTables.includes(name))) return [];
    if (table === undefined) return [{ ...at, ...unknownTable(name) }];
    return [{ ...at, rule: "Tables are named as the catalogue spells them.", fix: `Write ${table}.` }];
  });

const once: Rule = ({ tables = [] }) =>
  tables.flatMap((name, index) =>
    tables.indexOf(name) === index
      ? []
      : [
          {
            key: `tables[${index}]`,
            value: name,
            rule: "A table is streamed once.",
            fix: "Remove one of the two.",
          },
        ],
  );

const some: Rule = ({ tables }) =>
  tables?.length === 0
    ? [
        {
          key: "tables",
          value: tables,
          rule: "There must be at least one table to stream.",
          fix: "Name at least one.",
        },
      ]
    : [];

/** Published scripts and settings of tenants name ten tables for that page; Microsoft's pages on it have no list. */
const ofTheProduct: Rule = ({ product, tables = [], unlistedTables = [] }) => {
  const spelt = new Set(tables.map((name) => tableNamed(name)?.name ?? name));
  const foreign = foreignTables(product, [...spelt]).filter((table) => !unlistedTables.includes(table));
  if (foreign.length === 0) return [];
  const unasked = presets.endpoint.filter((table) => !spelt.has(table));
  const remove = unasked.length > 0 ? `remove: [${unasked.join(", ")}], ` : "";
  const unlisted = `unlisted: [${[...unlistedTables, ...foreign].join(", ")}]`;
  return [
    {
      key: "tables",
      value: foreign,
      rule: `Defender for Endpoint's page of the portal offers the ${presets.endpoint.length} device tables; the others are Defender XDR's.`,
      fix: `Remove them, or write \`product: xdr\`. Where your tenant's page offers them all the same: \`tables: {${remove}${unlisted}}\`.`,
    },
  ];
};

export const tableRules: readonly Rule[] = [known, once, some, ofTheProduct];
