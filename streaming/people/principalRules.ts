import type { Mistake } from "../wording/mistakes.ts";
import { objectIdRule } from "../eventHubs/names.ts";
import type { AskedConsumer, AskedPortalUser } from "./identities.ts";
import type { Rule } from "../rule.ts";

/** A principal with the key it stands under. */
interface Named {
  readonly key: string;
  readonly principal: AskedPortalUser & AskedConsumer;
}

const inList = (key: string, principals: readonly (AskedPortalUser & AskedConsumer)[] = []): Named[] =>
  principals.map((principal, index) => ({ key: `${key}[${index}]`, principal }));

const longestName = 128;

const names: Rule = ({ portalUsers, consumers }) =>
  [...inList("portalUsers", portalUsers), ...inList("consumers", consumers)].flatMap(({ key, principal }) =>
    principal.name.trim() === principal.name && principal.name !== "" && principal.name.length <= longestName
      ? []
      : [
          {
            key: `${key}.name`,
            value: principal.name,
            rule: `A name has 1 to ${longestName} characters and no space at its ends.`,
            fix: "Write a name that you will recognise in the outputs.",
          },
        ],
  );

const namesOnce: Rule = ({ portalUsers, consumers }) =>
  [inList("portalUsers", portalUsers), inList("consumers", consumers)].flatMap((list) =>
    repeated(list, ({ name }) => name.toLowerCase()).map(({ key, principal }) => ({
      key: `${key}.name`,
      value: principal.name,
      rule: "Each name in the list is there once; letter case is ignored.",
      fix: "Take one of the two out, or rename it.",
    })),
  );

const portalUsersOnce: Rule = ({ portalUsers }) =>
  (["objectId", "userPrincipalName", "groupName"] as const).flatMap((way) =>
    repeated(
      inList("portalUsers", portalUsers).filter(({ principal }) => principal[way] !== undefined),
      (principal) => principal[way]?.toLowerCase() ?? "",
    ).map(({ key, principal }) => ({
      key: `${key}.${way}`,
      value: principal[way],
      rule: "Each portal user is in the list once.",
      fix: `Take one of the two out, or correct its ${way === "objectId" ? "object id" : "name"}.`,
    })),
  );

const objectIds: Rule = ({ portalUsers, consumers }) =>
  [...inList("portalUsers", portalUsers), ...inList("consumers", consumers)].flatMap(({ key, principal }) =>
    principal.objectId === undefined ? [] : objectIdMistakes(`${key}.objectId`, principal.objectId),
  );

/** What is wrong with an object id by itself. */
export function objectIdMistakes(key: string, value: string): Mistake[] {
  const { pattern, rule } = objectIdRule;
  if (/^[0-]+$/.test(value) && pattern.test(value)) {
    return [{ key, value, rule: "The empty GUID is nobody's object id.", fix: whereToFind }];
  }
  if (pattern.test(value)) return [];
  const bare = value.trim().replace(/^\{(.*)\}$/, "$1");
  return [{ key, value, rule, fix: pattern.test(bare) ? `Write it bare: ${bare}` : whereToFind }];
}

const whereToFind =
  "Copy the object id from Entra ID: of the user, the group, or the enterprise application (not of the app registration).";

const oneType: Rule = ({ portalUsers, consumers }) => {
  const types = new Map<string, string>();
  return [...inList("portalUsers", portalUsers), ...inList("consumers", consumers)].flatMap(
    ({ key, principal }) => {
      if (principal.objectId === undefined || principal.principalType === undefined) return [];
      const id = principal.objectId.toLowerCase();
      const first = types.get(id) ?? principal.principalType;
      types.set(id, first);
      if (first === principal.principalType) return [];
      const rule = `One principal is of one type, and this object id stands above as ${first}.`;
      const fix = "Correct the type, or the object id, in one of the two places.";
      return [{ key: `${key}.principalType`, value: principal.principalType, rule, fix }];
    },
  );
};

const sharedScopeOwned: Rule = ({ roles, roleScope, ownsSharedRoles }) =>
  roles === "manage" && roleScope === "subscription" && ownsSharedRoles === false
    ? [
        {
          key: "roleScope",
          value: roleScope,
          rule: "Grants on a subscription are shared by all stacks: the one that makes them also takes them away when it is destroyed.",
          fix: "In the one stack that shall own them write `ownsSharedRoles: true`; in every other one `roles: expect`. Or choose `roleScope: destination`.",
        },
      ]
    : [];

/** Those whose identity another one before them has. */
function repeated(list: readonly Named[], identity: (principal: Named["principal"]) => string): Named[] {
  const seen = new Set<string>();
  return list.filter(({ principal }) => {
    const id = identity(principal);
    const again = seen.has(id);
    seen.add(id);
    return again;
  });
}

export const principalRules: readonly Rule[] = [
  names,
  namesOnce,
  objectIds,
  portalUsersOnce,
  oneType,
  sharedScopeOwned,
];
