import { find, ofType } from "../../arm/inventory.ts";
import type { Resource, World } from "../../state.ts";
import { covers } from "../authorization/actionPattern.ts";
import { roleOf } from "../authorization/builtInRoles.ts";
import { keyType, versionOf } from "./keys.ts";
import { uriOf, vaultType } from "./vaults.ts";

/** What a service encrypts with, and as whom. */
export interface KeyUse {
  readonly vaultUri: string;
  readonly keyName: string;
  /** Undefined or "": the newest. */
  readonly keyVersion?: string | undefined;
  /** The object id of its identity; undefined: it has none. */
  readonly principalId: string | undefined;
}

/** Why a service can't encrypt with a key. */
export type KeyProblem = "identity" | "vault" | "recovery" | "firewall" | "access" | "key" | "kind";

const wrap = "Microsoft.KeyVault/vaults/keys/wrap/action";

/** What keeps a service from encrypting with this key, in the order in which it would meet it; undefined: nothing. */
export function keyProblem(world: World, use: KeyUse): KeyProblem | undefined {
  if (use.principalId === undefined) return "identity";
  const wanted = use.vaultUri.replace(/\/*$/, "/").toLowerCase();
  const vault = ofType(world, vaultType).find((one) => uriOf(one) === wanted);
  if (!vault) return "vault";
  if (vault.body.properties?.["enablePurgeProtection"] !== true) return "recovery";
  if (!passesFirewall(vault)) return "firewall";
  const key = find(world, `${vault.id}/keys/${use.keyName}`);
  const mayUse =
    vault.body.properties["enableRbacAuthorization"] === true
      ? hasRole(world, `${vault.id}/keys/${use.keyName}`, use.principalId)
      : hasPolicy(vault, use.principalId);
  if (!mayUse) return "access";
  if (key?.type !== keyType || !isUsable(world, key, use.keyVersion)) return "key";
  const { kty, keySize } = key.body.properties as { kty: string; keySize?: number };
  return kty.startsWith("RSA") && [2048, 3072, 4096].includes(keySize ?? 0) ? undefined : "kind";
}

/** Services that encrypt come as trusted ones (key-vault/general/overview-vnet-service-endpoints.md, azure-docs). */
function passesFirewall({ body }: Resource): boolean {
  const { networkAcls, publicNetworkAccess } = (body.properties ?? {}) as {
    networkAcls?: { bypass?: string; defaultAction?: string };
    publicNetworkAccess?: string;
  };
  const isOpen = publicNetworkAccess !== "Disabled" && networkAcls?.defaultAction !== "Deny";
  return isOpen || (networkAcls?.bypass ?? "AzureServices") === "AzureServices";
}

/** A new role assignment takes effect in Key Vault some time after its creation (Azure/bicep #16601). */
function hasRole(world: World, scope: string, principal: string): boolean {
  return ofType(world, "Microsoft.Authorization/roleAssignments").some(({ id, body, createdAt }) => {
    const { principalId, roleDefinitionId } = body.properties as Record<string, string>;
    const at = id.slice(0, id.toLowerCase().lastIndexOf("/providers/microsoft.authorization/"));
    return (
      principalId === principal &&
      `${scope}/`.toLowerCase().startsWith(`${at}/`.toLowerCase()) &&
      (roleOf(roleDefinitionId ?? "")?.dataActions ?? []).some((action) => covers(action, wrap)) &&
      Date.parse(createdAt) + world.timings.roleEffect <= world.now()
    );
  });
}

function hasPolicy({ body }: Resource, principal: string): boolean {
  const policies = (body.properties?.["accessPolicies"] ?? []) as {
    objectId: string;
    permissions: { keys?: string[] };
  }[];
  const own = policies.find(({ objectId }) => objectId.toLowerCase() === principal);
  const granted = (own?.permissions.keys ?? []).map((permission) => permission.toLowerCase());
  return granted.includes("all") || ["get", "wrapkey", "unwrapkey"].every((one) => granted.includes(one));
}

function isUsable(world: World, key: Resource, version?: string): boolean {
  if (version && version.toLowerCase() !== versionOf(key)) return false;
  const { enabled, exp, nbf } = key.body.properties?.["attributes"] as {
    enabled?: boolean;
    exp?: number;
    nbf?: number;
  };
  const now = world.now() / 1000;
  return enabled !== false && (exp ?? Infinity) > now && (nbf ?? 0) <= now;
}
