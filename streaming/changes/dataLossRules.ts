import { namespaceKey } from "../placement/placement.ts";
import type { Rule } from "../rule.ts";
import { accountKey } from "../storage/account.ts";
import { tableMeantBy, tableNamed } from "../defender/tables.ts";

const namesSomething: Rule = ({ allowDataLoss = [], unlistedTables = [] }) =>
  allowDataLoss.flatMap((name, index) => {
    const unlisted = unlistedTables.some((table) => table.toLowerCase() === name.toLowerCase());
    if (unlisted || tableNamed(name) !== undefined || namespaceKey.test(name)) return [];
    if (name === accountKey) return [];
    const lower = name.toLowerCase();
    const meant = namespaceKey.test(lower) || lower === accountKey ? lower : tableMeantBy(name);
    return [
      {
        key: `allowDataLoss[${index}]`,
        value: name,
        rule: "It must be a table, a namespace's key (`ns1`, covers all its hubs) or the account's key (`sa1`).",
        fix: meant === undefined ? "Write such a name, or remove it." : `Did you mean ${meant}?`,
      },
    ];
  });

export const dataLossRules: readonly Rule[] = [namesSomething];
