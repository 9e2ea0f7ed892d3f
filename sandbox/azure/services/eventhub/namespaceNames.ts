import { ofType } from "../../arm/inventory.ts";
import type { Answer } from "../../http.ts";
import { staysOf } from "../../conditions/gone.ts";
import type { World } from "../../state.ts";
import { namesTakenElsewhere } from "../../tenant.ts";
import { badRequest } from "./error.ts";

export const namespaceType = "Microsoft.EventHub/namespaces";

/** 6 to 50 letters, digits and hyphens, a letter first, a letter or digit last. */
const pattern = /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i;

const invalid =
  "The specified service namespace is invalid: 6 to 50 letters, numbers and hyphens, starting with a letter and ending with a letter or number.";

/** Namespace names are host names: unique in all of Azure, letter case ignored. */
export function isTaken(world: World, name: string): boolean {
  const same = (other: string) => other.toLowerCase() === name.toLowerCase();
  const known = [...ofType(world, namespaceType), ...staysOf(world, namespaceType)];
  return namesTakenElsewhere.some(same) || known.some((namespace) => same(namespace.name));
}

export function checkNamespaceName(name: string): void {
  if (!pattern.test(name)) throw badRequest(invalid);
}

/** POST …/providers/Microsoft.EventHub/checkNameAvailability */
export function checkNameAvailability({ body, world }: { body: unknown; world: World }): Answer {
  const { name } = (body ?? {}) as { name?: unknown };
  if (typeof name !== "string") throw badRequest("The property 'name' is required.");
  const answer = (reason: string, message: string | null) => ({
    status: 200,
    body: { nameAvailable: reason === "None", reason, message },
  });
  if (!pattern.test(name)) return answer("InvalidName", invalid);
  return isTaken(world, name)
    ? answer("NameInUse", "The specified name is not available.")
    : answer("None", null);
}
