import { isUserPrincipalName } from "../../streaming/people/application.ts";
import {
  type AskedConsumer,
  type AskedPortalUser,
  impliedType,
  type NewConsumer,
} from "../../streaming/people/identities.ts";
import {
  givenIds,
  idMistakes,
  type DirectoryObjectType,
  type Named,
  nameMistakes,
  unansweredMistake,
} from "../../streaming/people/notFound.ts";
import type { Consumer, PortalUser, Principal, PrincipalType } from "../../streaming/people/principals.ts";
import type { Mistake } from "../../streaming/wording/mistakes.ts";
import type { Arm } from "../arm.ts";
import { type DirectoryObject, Graph } from "../graph.ts";
import type { FoundPrincipals } from "../../streaming/known.ts";
import { isRefusal } from "../requests.ts";
import { readIdentity } from "./identity.ts";
import type { Reader } from "./reader.ts";

/**
 * Looks up names in Entra ID, and reads managed identities. Given object ids are compared with the tenant if Graph can be read; without
 * that permission they are used as they are. A mistake names everyone who does not exist, exists twice, or cannot be looked up.
 */
export const readPrincipals: Reader<FoundPrincipals> = async (asked, _last, { cloud, arm }) => {
  const graph = new Graph(cloud);
  const find = (named: Named) => idOf(named, graph, arm);
  const [users, consumers, wrongIds] = await Promise.all([
    Promise.all(
      asked.portalUsers.map((user, index) => portalUser(`portalUsers[${String(index)}]`, user, find)),
    ),
    Promise.all(
      asked.consumers.map((consumer, index) => findConsumer(`consumers[${String(index)}]`, consumer, find)),
    ),
    wrongIdsOf(asked, graph),
  ]);
  return {
    found: { portalUsers: users.map(({ found }) => found), consumers: consumers.map(({ found }) => found) },
    mistakes: [...[...users, ...consumers].flatMap((one) => one.mistakes), ...wrongIds],
  };
};

interface AskedPeople {
  readonly portalUsers: readonly AskedPortalUser[];
  readonly consumers: readonly AskedConsumer[];
}

/** `found` counts when there is no mistake. */
interface Outcome<Found> {
  readonly found: Found;
  readonly mistakes: readonly Mistake[];
}

type Find = (named: Named) => Promise<Outcome<string>>;

async function portalUser(key: string, user: AskedPortalUser, find: Find): Promise<Outcome<PortalUser>> {
  const { objectId, userPrincipalName, groupName, principalType, ...rest } = user;
  return known(key, rest, { objectId, principalType }, { userPrincipalName, groupName }, find);
}

async function findConsumer(
  key: string,
  consumer: AskedConsumer,
  find: Find,
): Promise<Outcome<Consumer | NewConsumer>> {
  const { objectId, applicationId, managedIdentityId, application, principalType, ...rest } = consumer;
  if (!application)
    return known(key, rest, { objectId, principalType }, { applicationId, managedIdentityId }, find);
  const owners = await Promise.all(
    (application.owners ?? []).map((owner, index) =>
      isUserPrincipalName(owner)
        ? find({
            key: `${key}.application.owners[${String(index)}]`,
            way: "userPrincipalName",
            value: owner,
          })
        : Promise.resolve({ found: owner, mistakes: [] }),
    ),
  );
  const withOwners = application.owners ? { owners: owners.map(({ found }) => found) } : {};
  return {
    found: { ...rest, application: { ...application, ...withOwners } },
    mistakes: owners.flatMap(({ mistakes }) => mistakes),
  };
}

/** A principal with an object id: the given one, or that of the given name. */
async function known<Rest extends { readonly name: string }>(
  key: string,
  rest: Rest,
  given: { readonly objectId: string | undefined; readonly principalType: PrincipalType | undefined },
  names: { readonly [Key in Named["way"]]?: string | undefined },
  find: Find,
): Promise<Outcome<Rest & Principal>> {
  const { objectId = "", principalType = "User" } = given;
  for (const way of Object.keys(names) as Named["way"][]) {
    const value = names[way];
    if (value === undefined) continue;
    const { found, mistakes } = await find({ key: `${key}.${way}`, way, value });
    return { found: { ...rest, objectId: found, principalType: impliedType[way] }, mistakes };
  }
  return { found: { ...rest, objectId, principalType }, mistakes: [] };
}

async function idOf(named: Named, graph: Graph, arm: Arm): Promise<Outcome<string>> {
  try {
    const ids = await idsOf(named, graph, arm);
    return { found: ids[0] ?? "", mistakes: nameMistakes(named, ids) };
  } catch (error) {
    const isForbidden = isRefusal(error) && error.statusCode === 403;
    return { found: "", mistakes: [unansweredMistake(named, (error as Error).message, isForbidden)] };
  }
}

async function idsOf({ way, value }: Named, graph: Graph, arm: Arm): Promise<string[]> {
  const ids = async (objects: Promise<readonly DirectoryObject[]>) => (await objects).map(({ id }) => id);
  switch (way) {
    case "userPrincipalName":
      return ids(graph.where("users", "userPrincipalName", value));
    case "groupName":
      return ids(graph.where("groups", "displayName", value));
    case "applicationId":
      return ids(graph.where("servicePrincipals", "appId", value));
    case "managedIdentityId":
      return [await readIdentity(value, arm)].filter((id) => id !== undefined);
  }
}

/** Optional: if you deploy with object ids only, you need no permission for Graph and no route to it. */
async function wrongIdsOf({ portalUsers, consumers }: AskedPeople, graph: Graph): Promise<Mistake[]> {
  const given = givenIds(portalUsers, consumers);
  if (given.length === 0) return [];
  const ids = [...new Set(given.map(({ id }) => id.toLowerCase()))];
  const objects = await graph.withIds(ids).catch(() => undefined);
  if (!objects) return [];
  return given.flatMap((one) => {
    const object = objects.find(({ id }) => id.toLowerCase() === one.id.toLowerCase());
    return idMistakes(one, object && { kind: kindOf(object), appId: object.appId });
  });
}

const kinds: Readonly<Record<string, DirectoryObjectType>> = {
  "#microsoft.graph.user": "User",
  "#microsoft.graph.group": "Group",
  "#microsoft.graph.servicePrincipal": "ServicePrincipal",
  "#microsoft.graph.application": "Application",
};

const kindOf = (object: DirectoryObject): DirectoryObjectType =>
  kinds[object["@odata.type"] ?? ""] ?? "other";
