import type { Answer } from "../http.ts";
import type { Resource } from "../state.ts";
import { subscriptionId } from "../tenant.ts";
import { enforcePolicies } from "../services/authorization/policy/enforce.ts";
import { ArmError, groupBeingDeleted, groupNotFound, methodNotAllowed } from "./error.ts";
import { find, keep, ofType } from "./inventory.ts";
import { refuseLocked } from "./locks.ts";
import { deleting, accepted } from "./lifecycle.ts";
import { regionOf } from "./place.ts";
import { layOver, readBody } from "./requestBody.ts";
import type { View } from "./resourceType.ts";
import { dictionary, readOnly, required, structure, text } from "./shape.ts";

/** Type name of resource groups. They are ARM's own: no provider, no parent, another path. */
export const resourceGroups = "Microsoft.Resources/resourceGroups";

/** What policies call them. */
const groupsOfSubscription = "Microsoft.Resources/subscriptions/resourceGroups";

export const resourceGroupVersions = [
  ..."2015-11-01,2016-02-01,2016-07-01,2016-09-01,2017-05-10,2018-02-01,2018-05-01,2019-03-01,2019-05-01".split(
    ",",
  ),
  ..."2019-05-10,2019-07-01,2019-08-01,2019-10-01,2020-06-01,2020-08-01,2020-10-01,2021-01-01,2021-04-01".split(
    ",",
  ),
  ..."2022-09-01,2023-07-01,2024-03-01,2024-07-01,2024-11-01,2025-03-01,2025-04-01".split(","),
];

const shape = structure({
  location: required(text()),
  managedBy: text(),
  tags: dictionary(text({ max: 256 })),
  properties: structure({ provisioningState: readOnly }),
});

export interface GroupCall extends View {
  readonly origin: string;
  readonly body: unknown;
}

export function listGroups({ world }: GroupCall): Answer {
  return { status: 200, body: { value: ofType(world, resourceGroups).map(presentGroup) } };
}

export function callGroup(method: string, name: string, call: GroupCall): Answer {
  const { world, version, origin } = call;
  const existing = find(world, idOf(name));
  switch (method) {
    case "GET":
      if (!existing) throw groupNotFound(name);
      return { status: 200, body: presentGroup(existing) };
    case "HEAD":
      return { status: existing ? 204 : 404 };
    case "PUT":
      return put(name, existing, call);
    case "PATCH":
      if (!existing) throw groupNotFound(name);
      refuseLocked(world, existing.id, "write");
      existing.body = layOver(existing.body, readBody(call.body, shape, version, true));
      return { status: 200, body: presentGroup(existing) };
    case "DELETE":
      if (!existing) throw groupNotFound(name);
      refuseLocked(world, existing.id, "delete");
      delete existing.failed;
      existing.pending ??= { state: deleting, until: world.now() + world.timings.deletion };
      return accepted(`${origin}${operationPath(existing.id)}?api-version=${version}`);
    default:
      throw methodNotAllowed(method);
  }
}

function put(
  name: string,
  existing: Resource | undefined,
  { world, version, body: sent }: GroupCall,
): Answer {
  if (existing?.pending) throw groupBeingDeleted(existing.name);
  if (existing) refuseLocked(world, existing.id, "write");
  if (!/^[-\w.()]{1,90}$/.test(name) || name.endsWith(".")) throw invalidName(name);
  const body = readBody(sent, shape, version, false);
  const location = regionOf(body.location, resourceGroups);
  if (existing && existing.body.location !== location) {
    throw new ArmError(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.body.location ?? ""}'.`,
    );
  }
  const allowed = { ...body, location, properties: {} };
  enforcePolicies({ type: { name: groupsOfSubscription }, id: idOf(name), name, body: allowed, world });
  const now = new Date(world.now()).toISOString();
  const group = existing ?? {
    id: idOf(name),
    type: resourceGroups,
    name,
    body,
    createdAt: now,
    updatedAt: now,
  };
  group.body = allowed;
  keep(world, group);
  return { status: existing ? 200 : 201, body: presentGroup(group) };
}

function presentGroup({ id, name, type, body, pending }: Resource): unknown {
  return { id, name, type, ...body, properties: { provisioningState: pending?.state ?? "Succeeded" } };
}

function idOf(name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

/** Operations on groups are the subscription's; the last part says which group. */
function operationPath(id: string): string {
  return `/subscriptions/${subscriptionId}/operationresults/${Buffer.from(id).toString("base64url")}`;
}

export function groupOfOperation(token: string): string {
  return Buffer.from(token, "base64url").toString();
}

function invalidName(name: string): ArmError {
  return new ArmError(
    400,
    "InvalidResourceGroupName",
    `The provided resource group name '${name}' is not valid: 1 to 90 letters, digits, underscores, hyphens, periods and parentheses, not ending with a period.`,
  );
}
