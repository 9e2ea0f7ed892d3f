import type { Mistake } from "../wording/mistakes.ts";
import { type AskedConsumer, type AskedPortalUser, guid } from "./identities.ts";
import type { Rule } from "../rule.ts";

/** A principal with its key in the settings. */
interface Named {
  readonly key: string;
  readonly principal: AskedPortalUser & AskedConsumer;
}

const inList = (key: string, principals: readonly (AskedPortalUser & AskedConsumer)[] = []): Named[] =>
  principals.map((principal, index) => ({ key: `${key}[${index}]`, principal }));

const longestName = 128;

const names: Rule = ({ portalUsers, consumers }) =>
  [...inList("portalUsers", portalUsers), ...inList("consumers", consumers)].flatMap(({ key, principal }) => {
    const { name: value } = principal;
    if (value.trim() === value && value !== "" && value.length <= longestName) return [];
    const rule = `A name has 1 to ${longestName} characters, and no space at the start or end.`;
    return [{ key: `${key}.name`, value, rule, fix: "Write a name that you will recognize in the outputs." }];
  });

const namesOnce: Rule = ({ portalUsers, consumers }) =>
  [inList("portalUsers", portalUsers), inList("consumers", consumers)].flatMap((list) =>
    repeated(list, ({ name }) => name.toLowerCase()).map(({ key, principal }) => ({
      key: `${key}.name`,
      value: principal.name,
      rule: "Each name can be used once. Case does not matter.",
      fix: "Remove one of the two, or rename it.",
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
      rule: "Each portal user can be in the list once.",
      fix: `Remove one of the two, or correct its ${way === "objectId" ? "object id" : "name"}.`,
    })),
  );

const objectIds: Rule = ({ portalUsers, consumers }) =>
  [...inList("portalUsers", portalUsers), ...inList("consumers", consumers)].flatMap(({ key, principal }) =>
    principal.objectId === undefined ? [] : objectIdMistakes(`${key}.objectId`, principal.objectId),
  );

/** What is wrong with an object id alone. */
export function objectIdMistakes(key: string, value: string): Mistake[] {
  if (/^[0-]+$/.test(value) && guid.test(value)) {
    return [{ key, value, rule: "The empty GUID is not an object id.", fix: copyObjectId }];
  }
  if (guid.test(value)) return [];
  const bare = value.trim().replace(/^\{(.*)\}$/, "$1");
  const rule = "An object id is a GUID: 8-4-4-4-12 hexadecimal digits.";
  return [{ key, value, rule, fix: guid.test(bare) ? `Write only the GUID: ${bare}` : copyObjectId }];
}

export const copyObjectId =
  "Copy the object id from Entra ID: of the user, the group, or the enterprise application (not the app registration).";

const oneType: Rule = ({ portalUsers, consumers }) => {
  const types = new Map<string, string>();
  return [...inList("portalUsers", portalUsers), ...inList("consumers", consumers)].flatMap(
    ({ key, principal }) => {
      if (principal.objectId === undefined || principal.principalType === undefined) return [];
      const id = principal.objectId.toLowerCase();
      const first = types.get(id) ?? principal.principalType;
      types.set(id, first);
      if (first === principal.principalType) return [];
      const rule = `A principal has one type, and another entry gives this object id the type ${first}.`;
      const fix = "Correct the type or the object id in one of the two entries.";
      return [{ key: `${key}.principalType`, value: principal.principalType, rule, fix }];
    },
  );
};

const sharedScopeOwned: Rule = ({ roles, roleScope: value, ownsSharedRoles }) => {
  if (roles !== "manage" || value !== "subscription" || ownsSharedRoles !== false) return [];
  return [
    {
      key: "roleScope",
      value,
      rule: "All stacks of a subscription share its role assignments. The stack that creates them also deletes them when it is destroyed.",
      fix: ownSharedRoles,
    },
  ];
};

export const ownSharedRoles =
  "Write `ownsSharedRoles: true` in the one stack that owns them, and `roles: expect` in every other stack. Or choose `roleScope: destination`.";

/** Entries with the same identity as an earlier entry. */
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
