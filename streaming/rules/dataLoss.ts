import { namespaceKey } from "../placement.ts";
import type { Rule } from "./rule.ts";
import { tableMeantBy, tableNamed } from "../tables.ts";

const namesSomething: Rule = ({ allowDataLoss = [], unlistedTables = [] }) =>
  allowDataLoss.flatMap((name, index) => {
    const unlisted = unlistedTables.some((table) => table.toLowerCase() === name.toLowerCase());
    if (unlisted || tableNamed(name) !== undefined || namespaceKey.test(name)) return [];
    const meant = namespaceKey.test(name.toLowerCase()) ? name.toLowerCase() : tableMeantBy(name);
    return [
      {
        key: `allowDataLoss[${index}]`,
        value: name,
        rule: "It names a table, or a namespace of the plan by its key (`ns1`) with all hubs in it.",
        mend: meant === undefined ? "Write such a name, or take it out." : `Did you mean ${meant}?`,
      },
    ];
  });

export const dataLossRules: readonly Rule[] = [namesSomething];
