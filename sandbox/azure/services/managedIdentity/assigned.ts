import { randomUUID } from "node:crypto";

import { ArmError } from "../../arm/error.ts";
import { find } from "../../arm/inventory.ts";
import type { Link, Write } from "../../arm/resourceType.ts";
import { dictionary, oneOf, readOnly, structure } from "../../arm/shape.ts";
import type { World } from "../../state.ts";
import { tenantId } from "../../tenant.ts";
import { identityType } from "./userAssignedIdentities.ts";

/** The `identity` of a resource: whose service principals it can be. */
export const identityShape = structure({
  type: oneOf(
    "SystemAssigned",
    "UserAssigned",
    "SystemAssigned, UserAssigned",
    "SystemAssigned,UserAssigned",
    "None",
  ),
  userAssignedIdentities: dictionary(structure({ principalId: readOnly, clientId: readOnly })),
  principalId: readOnly,
  tenantId: readOnly,
});

/** To let a resource act as an identity, the caller needs an action on the identity. */
export const assignedIdentities: Link = { to: "identity.userAssignedIdentities.{}", action: "assign/action" };

interface Identity {
  type?: string;
  principalId?: string;
  tenantId?: string;
  userAssignedIdentities?: Record<string, object>;
}

export function identityOf(body: Record<string, unknown>): Identity | undefined {
  return body["identity"] as Identity | undefined;
}

/**
 * Fills in the principals of a resource's identity.
 *
 * @throws ArmError 400 when an assigned identity does not exist
 */
export function completeIdentity({ body, existing, id, world }: Write): void {
  const identity = identityOf(body);
  if (!identity) return;
  const assigned = Object.keys(identity.userAssignedIdentities ?? {}).map((assignedId) => {
    const principal = userAssigned(world, assignedId);
    if (!principal) throw notFound(id, assignedId);
    return [assignedId, principal];
  });
  const { principalId = randomUUID() } = (existing && identityOf(existing.body)) ?? {};
  body["identity"] = {
    ...identity,
    ...(assigned.length > 0 ? { userAssignedIdentities: Object.fromEntries(assigned) as object } : {}),
    ...(identity.type?.includes("SystemAssigned") ? { principalId, tenantId } : {}),
  };
}

/** The service principal of a user-assigned identity. */
export function userAssigned(
  world: World,
  identityId: string,
): { principalId: string; clientId: string } | undefined {
  const identity = find(world, identityId);
  if (identity?.type !== identityType) return undefined;
  const { principalId, clientId } = identity.body.properties as { principalId: string; clientId: string };
  return { principalId, clientId };
}

function notFound(id: string, assignedId: string): ArmError {
  return new ArmError(
    400,
    "FailedIdentityOperation",
    `Identity operation for resource '${id}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '{"error":{"code":"BadRequest","message":"Resource '${assignedId}' was not found."}}'.'.`,
  );
}
