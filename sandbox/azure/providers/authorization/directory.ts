import type { World } from "../../state.ts";
import type { PrincipalType } from "../../tenant.ts";
import { principals } from "../../tenant.ts";

/** The kind of the principal with this object id: a person or application of the tenant, or a resource's identity. */
export function principalTypeOf(world: World, objectId: string): PrincipalType | undefined {
  const wanted = objectId.toLowerCase();
  const known = principals.find((principal) => principal.objectId === wanted);
  if (known) return known.type;
  const identities = Object.values(world.state.resources).flatMap(({ body }) => [
    (body["identity"] as { principalId?: string } | undefined)?.principalId,
    // A user-assigned identity has it among its properties; so have role assignments, which prove nothing.
    body.properties?.["clientId"] === undefined
      ? undefined
      : (body.properties["principalId"] as string | undefined),
  ]);
  return identities.includes(wanted) ? "ServicePrincipal" : undefined;
}
