import { staysOf } from "../conditions/gone.ts";
import type { World } from "../state.ts";
import { ArmError } from "./error.ts";
import { ofType } from "./inventory.ts";

export const lockType = "Microsoft.Authorization/locks";

/**
 * What a lock forbids, below its scope too (management/lock-resources.md, MicrosoftDocs/azure-docs). `CanNotDelete` forbids
 * deletions, of extensions like role assignments as well (MicrosoftDocs/azure-docs #110791), and of what is above. `ReadOnly`
 * forbids every change, and the actions that read keys.
 *
 * @throws ArmError 409 that names the locked scopes (Azure/apiops #606)
 */
export function refuseLocked(world: World, id: string, operation: "delete" | "write"): void {
  if (isLock(id)) return;
  const key = `${id.toLowerCase()}/`;
  const scopes = [...ofType(world, lockType), ...staysOf(world, lockType)]
    .filter(({ body }) => operation === "delete" || body.properties?.["level"] === "ReadOnly")
    .map((lock) => lock.id.slice(0, lock.id.toLowerCase().lastIndexOf("/providers/microsoft.authorization/")))
    .filter((scope) => {
      const locked = `${scope.toLowerCase()}/`;
      return key.startsWith(locked) || (operation === "delete" && locked.startsWith(key));
    });
  if (scopes.length === 0) return;
  throw new ArmError(
    409,
    "ScopeLocked",
    `The scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: '${scopes.join("','")}'. Please remove the lock and try again.`,
  );
}

const isLock = (id: string) => /\/providers\/microsoft\.authorization\/locks\/[^/]+$/i.test(id);
