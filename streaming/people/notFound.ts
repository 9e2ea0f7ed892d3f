import type { Mistake } from "../wording/mistakes.ts";
import { listed } from "../wording/words.ts";
import { isUserPrincipalName } from "./application.ts";
import { graphPermissions, type GraphUse } from "./graphPermissions.ts";
import { type AskedConsumer, type AskedPortalUser, impliedType, type Way } from "./identities.ts";
import type { PrincipalType } from "./principals.ts";

/** What the settings say somebody is called, and where. */
export interface Named {
  /** Example: `portalUsers[0].userPrincipalName`. */
  readonly key: string;
  readonly way: Exclude<Way, "application">;
  readonly value: string;
}

/** An object id that the settings give, and what it has to belong to. */
export interface GivenId {
  readonly key: string;
  readonly id: string;
  /** `owner`: a person or a service principal. */
  readonly type: PrincipalType | "owner";
}

/** What an object of Entra ID is. */
export type Kind = PrincipalType | "Application" | "other";

/** Every object id that is given for somebody, owners of new applications included. */
export function givenIds(
  portalUsers: readonly AskedPortalUser[],
  consumers: readonly AskedConsumer[],
): GivenId[] {
  const given =
    (list: string) =>
    (entry: AskedPortalUser | AskedConsumer, index: number): GivenId[] =>
      entry.objectId === undefined || entry.principalType === undefined
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

/** What is said when a name belongs to nobody. */
const missing: Readonly<Record<Named["way"], (value: string) => Pick<Mistake, "rule" | "fix">>> = {
  userPrincipalName: () => ({
    rule: "Nobody in the tenant signs in with this name.",
    fix: "Copy the user principal name from Entra ID: a guest's has #EXT# in it, and the mail address may be another one.",
  }),
  groupName: () => ({
    rule: "No group in the tenant has this name.",
    fix: "Copy the display name from Entra ID, or write the group's `objectId` and `principalType: Group`.",
  }),
  applicationId: (value) => ({
    rule: "No application with this id has a service principal in the tenant.",
    fix: `Copy the application (client) id from Entra ID. Where only its service principal is missing: az ad sp create --id ${value}`,
  }),
  managedIdentityId: () => ({
    rule: "There is no such user-assigned identity.",
    fix: "Copy its id (az identity list --query [].id), or make the identity before this stack.",
  }),
};

/** @param ids of those who have the name. */
export function nameMistakes({ key, way, value }: Named, ids: readonly string[]): Mistake[] {
  if (ids.length === 0) return [{ key, value, ...missing[way](value) }];
  if (ids.length === 1) return [];
  const type = impliedType[way];
  return [
    {
      key,
      value,
      rule: `${ids.length} ${things[type]}s of the tenant have this name: ${listed(ids)}.`,
      fix: `Say which one is meant: write its \`objectId\` and \`principalType: ${type}\`.`,
    },
  ];
}

const things: Readonly<Record<Kind | "owner", string>> = {
  User: "user",
  Group: "group",
  ServicePrincipal: "service principal",
  Application: "app registration",
  other: "thing of another kind",
  owner: "user or service principal",
};

/** What is said when a name cannot be looked up. @param reason what was answered; @param refused for want of a permission */
export function unansweredMistake({ key, way, value }: Named, reason: string, refused: boolean): Mistake {
  const instead = `write \`objectId\` and \`principalType: ${impliedType[way]}\`, which are taken as they are`;
  const use = graphUseOf[way];
  if (!refused) {
    const rule = `It is looked up, and there was no answer: ${reason}`;
    return { key, value, rule, fix: `Try again, or ${instead}.` };
  }
  return {
    key,
    value,
    rule: `It is looked up${use ? " in Microsoft Graph" : ""}, and the signed-in principal may not do that: ${reason}`,
    fix: use
      ? `Grant it the application permission ${graphPermissions[use].name} (docs/identities.md has the commands), or ${instead}.`
      : `Grant it the role Reader on the identity, or ${instead}.`,
  };
}

const graphUseOf: Readonly<Record<Named["way"], GraphUse | undefined>> = {
  userPrincipalName: "users",
  groupName: "groups",
  applicationId: "servicePrincipals",
  managedIdentityId: undefined,
};

/** @param found what the id belongs to; undefined: nothing */
export function idMistakes(
  { key, id, type }: GivenId,
  found: { readonly kind: Kind; readonly appId?: string | undefined } | undefined,
): Mistake[] {
  if (!found) {
    const rule = "Nothing in the tenant has this object id.";
    const fix =
      "Copy the object id from Entra ID: of the user, the group, or the enterprise application. Is this the right tenant?";
    return [{ key, value: id, rule, fix }];
  }
  const { kind, appId } = found;
  const fits = type === "owner" ? kind === "User" || kind === "ServicePrincipal" : kind === type;
  if (fits) return [];
  const rule = `It is the object id of ${article(things[kind])}, not of ${article(things[type])}.`;
  if (kind === "Application" && type !== "owner") {
    const byClientId = appId === undefined ? "" : `, or \`applicationId: ${appId}\` instead`;
    const fix = `Write the object id of its enterprise application${byClientId}.`;
    return [{ key, value: id, rule, fix }];
  }
  if (type === "owner" || kind === "other" || kind === "Application") {
    return [{ key, value: id, rule, fix: "Write the object id of one." }];
  }
  return [{ key, value: id, rule, fix: `Write \`principalType: ${kind}\`, or correct the object id.` }];
}

const article = (thing: string) =>
  (/^[aeiou]/.test(thing) ? `an ${thing}` : `a ${thing}`).replace("an user", "a user");
