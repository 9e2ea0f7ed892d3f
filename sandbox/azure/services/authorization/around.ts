import { ofType } from "../../arm/inventory.ts";
import type { View } from "../../arm/resourceType.ts";
import type { Resource } from "../../state.ts";
import { deployer } from "../../tenant.ts";

/** What a resource of Microsoft.Authorization belongs to. */
export function scopeOf({ id }: Resource): string {
  return id.slice(0, id.lastIndexOf("/providers/Microsoft.Authorization/"));
}

/**
 * Those of a type at the scope, above it and below it; with `atScope()` not below, with `principalId eq` (or `assignedTo`)
 * those of one principal, with `asTarget()` the caller's (rest/api/authorization, List For Scope of each type).
 */
export function around(type: string, scope: string, { filter, world }: View): Resource[] {
  const here = scope.toLowerCase();
  const principal = /asTarget\(\)/i.test(filter)
    ? deployer.objectId
    : /(?:principalId eq |assignedTo\()'([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
  const onlyAbove = /atScope\(\)/i.test(filter);
  return ofType(world, type).filter((resource) => {
    const there = scopeOf(resource).toLowerCase();
    const above = here === there || here.startsWith(`${there}/`);
    const below = there.startsWith(`${here}/`);
    if (!above && (onlyAbove || !below)) return false;
    return principal === undefined || principalOf(resource) === principal;
  });
}

function principalOf({ body }: Resource): string {
  return String(body.properties?.["principalId"]).toLowerCase();
}
