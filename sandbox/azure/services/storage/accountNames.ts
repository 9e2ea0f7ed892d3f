import { ArmError } from "../../arm/error.ts";
import { ofType } from "../../arm/inventory.ts";
import type { Answer } from "../../http.ts";
import type { World } from "../../state.ts";
import { storageNamesTakenElsewhere } from "../../tenant.ts";

export const accountType = "Microsoft.Storage/storageAccounts";

const pattern = /^[a-z0-9]{3,24}$/;

/** Azure/azure-sdk-for-java #867. */
const invalid = (name: string) =>
  `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`;

/** hashicorp/terraform #11485. */
const taken = (name: string) => `The storage account named ${name} is already taken.`;

/** Account names are host names: unique in all of Azure. */
function isTaken(world: World, name: string): boolean {
  return (
    storageNamesTakenElsewhere.includes(name) ||
    ofType(world, accountType).some((account) => account.name === name)
  );
}

export function checkAccountName(name: string): void {
  if (!pattern.test(name)) throw new ArmError(400, "AccountNameInvalid", invalid(name));
}

/** @throws ArmError 409 when another account has the name */
export function requireFreeName(world: World, name: string): void {
  if (isTaken(world, name)) throw new ArmError(409, "StorageAccountAlreadyTaken", taken(name));
}

/** POST …/providers/Microsoft.Storage/checkNameAvailability */
export function checkNameAvailability({ body, world }: { body: unknown; world: World }): Answer {
  const { name } = (body ?? {}) as { name?: unknown };
  if (typeof name !== "string") {
    throw new ArmError(400, "InvalidRequestContent", "The property 'name' is required.");
  }
  const no = (reason: string, message: string) => ({
    status: 200,
    body: { nameAvailable: false, reason, message },
  });
  if (!pattern.test(name)) return no("AccountNameInvalid", invalid(name));
  return isTaken(world, name)
    ? no("AlreadyExists", taken(name))
    : { status: 200, body: { nameAvailable: true } };
}
