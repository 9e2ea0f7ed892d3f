import type { Mistake } from "../wording/mistakes.ts";
import { listed } from "../wording/words.ts";
import { isUserPrincipalName } from "./application.ts";
import { graphPermissions, type GraphUse } from "./graphPermissions.ts";
import {
  type AskedConsumer,
  type AskedPortalUser,
  impliedType,
  isPlaceholder,
  type Way,
} from "./identities.ts";
import { copyObjectId } from "./principalRules.ts";
import type { PrincipalType } from "./principals.ts";

/** A name in the settings that is looked up. */
export interface Named {
  /** Example: `portalUsers[0].userPrincipalName`. */
  readonly key: string;
  readonly way: Exclude<Way, "application">;
  readonly value: string;
}

/** An object id in the settings, and the type that it must have. */
export interface GivenId {
  readonly key: string;
  readonly id: string;
  /** `owner`: a person or a service principal. */
  readonly type: PrincipalType | "owner";
}

/** The type of an object in Entra ID. */
export type DirectoryObjectType = PrincipalType | "Application" | "other";

/** Every known object id in the settings, also of owners of new applications. */
export function givenIds(
  portalUsers: readonly AskedPortalUser[],
  consumers: readonly AskedConsumer[],
): GivenId[] {
  const given =
    (list: string) =>
    (entry: AskedPortalUser | AskedConsumer, index: number): GivenId[] =>
      entry.objectId === undefined || entry.principalType === undefined || isPlaceholder(entry.objectId)
        ? []
        : [{ key: `${list}[${index}].objectId`, id: entry.objectId, type: entry.principalType }];
  const owners = ({ application }: AskedConsumer, index: number): GivenId[] =>
    (application?.owners ?? []).flatMap((id, owner) =>
      isUserPrincipalName(id)
        ? []
        : [{ key: `consumers[${index}].application.owners[${owner}]`, id, type: "owner" as const }],
    );
  return [
    ...portalUsers.flatMap(given("portalUsers")),
    ...consumers.flatMap(given("consumers")),
    ...consumers.flatMap(owners),
  ];
}

/** The mistake of a name that is not found. */
const missing: Readonly<Record<Named["way"], (value: string) => Pick<Mistake, "rule" | "fix">>> = {
  userPrincipalName: () => ({
    rule: "No user in the tenant has this user principal name.",
    fix: "Copy the user principal name from Entra ID. It may differ from the mail address, and a guest's contains #EXT#.",
  }),
  groupName: () => ({
    rule: "No group in the tenant has this name.",
    fix: "Copy the display name from Entra ID, or write the group's `objectId` and `principalType: Group`.",
  }),
  applicationId: (value) => ({
    rule: "No application with this id has a service principal in the tenant.",
    fix: `Copy the application (client) id from Entra ID. If only its service principal is missing: az ad sp create --id ${value}`,
  }),
  managedIdentityId: () => ({
    rule: "There is no user-assigned identity with this id.",
    fix: "Copy its id (`az identity list --query [].id`), or create the identity before you deploy.",
  }),
};

/** @param ids of all principals with the name. */
export function nameMistakes({ key, way, value }: Named, ids: readonly string[]): Mistake[] {
  if (ids.length === 0) return [{ key, value, ...missing[way](value) }];
  if (ids.length === 1) return [];
  const type = impliedType[way];
  return [
    {
      key,
      value,
      rule: `${ids.length} ${nouns[type]}s in the tenant have this name: ${listed(ids)}.`,
      fix: `Write the \`objectId\` of the right one, and \`principalType: ${type}\`.`,
    },
  ];
}

const nouns: Readonly<Record<DirectoryObjectType | "owner", string>> = {
  User: "user",
  Group: "group",
  ServicePrincipal: "service principal",
  Application: "app registration",
  other: "object of another type",
  owner: "user or service principal",
};

/** The mistake of a name that cannot be looked up. @param reason the answer; @param refused whether a permission is missing */
export function unansweredMistake({ key, way, value }: Named, reason: string, refused: boolean): Mistake {
  const instead = `write \`objectId\` and \`principalType: ${impliedType[way]}\`, which need no lookup`;
  const use = graphUseOf[way];
  if (!refused) {
    const rule = `It could not be looked up: ${reason}`;
    return { key, value, rule, fix: `Try again, or ${instead}.` };
  }
  return {
    key,
    value,
    rule: `The signed-in principal may not look it up${use ? " in Microsoft Graph" : ""}: ${reason}`,
    fix: use
      ? `Give it the application permission ${graphPermissions[use].name} (docs/identities.md has the commands), or ${instead}.`
      : `Give it the role Reader on the identity, or ${instead}.`,
  };
}

const graphUseOf: Readonly<Record<Named["way"], GraphUse | undefined>> = {
  userPrincipalName: "users",
  groupName: "groups",
  applicationId: "servicePrincipals",
  managedIdentityId: undefined,
};

/** @param found the object with this id; undefined: there is none */
export function idMistakes(
  { key, id, type }: GivenId,
  found: { readonly kind: DirectoryObjectType; readonly appId?: string } | undefined,
): Mistake[] {
  if (!found) {
    const rule = "No object in the tenant has this object id.";
    return [{ key, value: id, rule, fix: `${copyObjectId} Or sign in to the right tenant.` }];
  }
  const { kind, appId } = found;
  const fits = type === "owner" ? kind === "User" || kind === "ServicePrincipal" : kind === type;
  if (fits) return [];
  const rule = `It is the object id of ${withArticle(nouns[kind])}, not of ${withArticle(nouns[type])}.`;
  if (kind === "Application" && type !== "owner") {
    const byClientId = appId === undefined ? "" : `, or \`applicationId: ${appId}\` instead`;
    const fix = `Write the object id of its enterprise application${byClientId}.`;
    return [{ key, value: id, rule, fix }];
  }
  if (type === "owner" || kind === "other" || kind === "Application") {
    return [{ key, value: id, rule, fix: `Write the object id of ${withArticle(nouns[type])}.` }];
  }
  return [{ key, value: id, rule, fix: `Write \`principalType: ${kind}\`, or correct the object id.` }];
}

const withArticle = (noun: string) => `${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;
