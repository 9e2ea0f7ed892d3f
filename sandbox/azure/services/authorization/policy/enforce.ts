import { ArmError } from "../../../arm/error.ts";
import type { Write } from "../../../arm/resourceType.ts";
import { denyingPolicies, type Policy } from "./inForce.ts";
import type { Seen } from "./rule.ts";
import { assignmentsOfPolicies } from "./types.ts";

type Written = Pick<Write, "id" | "name" | "world" | "body"> & {
  readonly type: Pick<Write["type"], "name" | "tracked">;
};

/**
 * Refuses what a policy with the effect Deny refuses. Other effects do nothing here.
 * @throws ArmError 403 RequestDisallowedByPolicy
 */
export function enforcePolicies({ type, id, name, body, world }: Written): void {
  if (type.name === assignmentsOfPolicies) return;
  const seen: Seen = { ...body, type: type.name };
  const subject = { seen, tracked: type.tracked !== undefined };
  const denying = denyingPolicies(world, id, subject);
  if (denying.length === 0) return;
  throw new ArmError(
    403,
    "RequestDisallowedByPolicy",
    `Resource '${name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(denying.map(identifier))}'.`,
  );
}

function identifier({ assignment, definitionId, definitionName }: Policy): unknown {
  return {
    policyAssignment: {
      name: assignment.body.properties?.["displayName"] ?? assignment.name,
      id: assignment.id,
    },
    policyDefinition: { name: definitionName, id: definitionId },
  };
}
