import { type AskedConsumer, type AskedPortalUser, guid, impliedType, type Way } from "./identities.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import { armTypes, isIdOf } from "../cloud/resourceId.ts";
import { listed } from "../wording/words.ts";
import { principalTypes } from "./principals.ts";
import { applicationMistakes } from "./applicationRules.ts";
import type { Rule } from "../rule.ts";

const portalUserWays = ["userPrincipalName", "groupName"] as const;
const consumerWays = ["applicationId", "managedIdentityId", "application"] as const;

/** What is wrong with how a portal user is identified; keys are within the entry. The object id is checked elsewhere. */
export function portalUserMistakes(user: AskedPortalUser): Mistake[] {
  return [...oneWay(user, portalUserWays), ...typeFits(user, portalUserWays), ...looksLikeOne(user)];
}

/** The same for a consumer. */
export function consumerMistakes(consumer: AskedConsumer): Mistake[] {
  const { application } = consumer;
  return [
    ...oneWay(consumer, consumerWays),
    ...typeFits(consumer, consumerWays),
    ...looksLikeOne(consumer),
    ...(application === undefined ? [] : within("application", applicationMistakes(application))),
  ];
}

type Entry = { readonly [Key in Way | "objectId" | "principalType"]?: unknown };

function oneWay(entry: Entry, ways: readonly Way[]): Mistake[] {
  const all = ["objectId", ...ways] as const;
  const [first, ...others] = all.filter((way) => entry[way] !== undefined);
  const rule = `It needs exactly one of ${listed(all.map((way) => `\`${way}\``))}`;
  if (first === undefined) {
    const fix = `Write one of them, for example \`${examples[ways[0] ?? "objectId"]}\`.`;
    return [{ key: "", value: entry, rule: `${rule}.`, fix }];
  }
  return others.map((way) => ({
    key: way,
    value: entry[way],
    rule: `${rule}, and \`${first}\` is given too.`,
    fix: "Remove one of the two.",
  }));
}

const examples: Readonly<Record<Way | "objectId", string>> = {
  objectId: "objectId: 5f0c4a52-7d3b-4e1a-9b60-2c8e6d1f7a34",
  userPrincipalName: "userPrincipalName: alex@contoso.com",
  groupName: "groupName: Security operations",
  applicationId: "applicationId: 84f0b6c3-1d9e-47a2-a6b5-3c7e905fd128",
  managedIdentityId:
    "managedIdentityId: /subscriptions/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/siem",
  application: "application: {federatedCredential: {…}}",
};

function typeFits(entry: Entry, ways: readonly Way[]): Mistake[] {
  const { objectId, principalType } = entry;
  const key = "principalType";
  if (objectId !== undefined && principalType === undefined) {
    return [
      {
        key,
        value: undefined,
        rule: "It is required with `objectId`, because Azure needs it to find a new principal.",
        fix: `Write \`principalType:\` with ${listed(principalTypes, "or")}.`,
      },
    ];
  }
  const way = ways.find((one) => entry[one] !== undefined);
  if (objectId !== undefined || way === undefined || principalType === undefined) return [];
  if (principalType === impliedType[way]) return [];
  const rule = `\`${way}\` is always a ${impliedType[way]}.`;
  return [{ key, value: principalType, rule, fix: `Remove it, or write ${impliedType[way]}.` }];
}

const longestGroupName = 256;

function looksLikeOne(entry: AskedPortalUser & AskedConsumer): Mistake[] {
  const { userPrincipalName, groupName, applicationId, managedIdentityId } = entry;
  const mistake = (
    key: Way,
    value: string | undefined,
    fits: (value: string) => boolean,
    rule: string,
    fix: string,
  ) => mistakes(value !== undefined && !fits(value) && { key, value, rule, fix });
  return [
    ...mistake(
      "userPrincipalName",
      userPrincipalName,
      (value) => /^[^\s@]+@[^\s@]+$/.test(value),
      "A user principal name is a name, an @ and a domain, without spaces.",
      "Copy it from the user in Entra ID. It may differ from the mail address. For a group use `groupName`.",
    ),
    ...mistake(
      "groupName",
      groupName,
      (value) => value.trim() === value && value !== "" && value.length <= longestGroupName,
      `A group's name has 1 to ${longestGroupName} characters, and no space at the start or end.`,
      "Copy the group's display name from Entra ID.",
    ),
    ...mistake(
      "applicationId",
      applicationId,
      (value) => guid.test(value),
      "An application (client) id is a GUID: 8-4-4-4-12 hexadecimal digits.",
      "Copy the application (client) id from the app registration in Entra ID.",
    ),
    ...mistake(
      "managedIdentityId",
      managedIdentityId,
      (value) => isIdOf(armTypes.identity, value),
      "It must be the ARM id of a user-assigned identity: `/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>`.",
      "Copy it from the identity's properties: `az identity show --name <name> --resource-group <group> --query id`.",
    ),
  ];
}

/** Mistakes in a part, with the key of the part in front. */
function within(key: string, mistakes: readonly Mistake[]): Mistake[] {
  return mistakes.map((mistake) => ({
    ...mistake,
    key: mistake.key === "" || mistake.key.startsWith("[") ? `${key}${mistake.key}` : `${key}.${mistake.key}`,
  }));
}

const portalUsers: Rule = (request) =>
  (request.portalUsers ?? []).flatMap((user, index) =>
    within(`portalUsers[${index}]`, portalUserMistakes(user)),
  );

const consumers: Rule = (request) =>
  (request.consumers ?? []).flatMap((consumer, index) =>
    within(`consumers[${index}]`, consumerMistakes(consumer)),
  );

export const identityRules: readonly Rule[] = [portalUsers, consumers];
