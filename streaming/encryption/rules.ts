import { armTypes, isIdOf } from "../cloud/resourceId.ts";
import { allDestinations, streamsTo } from "../defender/destinations.ts";
import {
  defaultRoleDelay,
  isEncrypted,
  longestRoleDelay,
  type CustomerManagedKey,
} from "./customerManagedKey.ts";
import { existingNamespaces } from "../existing/existing.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import { sentences } from "../wording/words.ts";
import type { Draft } from "../request.ts";
import { tiers } from "../eventHubs/tiers.ts";
import type { Rule } from "../rule.ts";

/** A rule for the key; without one it finds nothing. */
const ofKey =
  (rule: (key: CustomerManagedKey, request: Draft) => Mistake[]): Rule =>
  (request) =>
    request.customerManagedKey ? rule(request.customerManagedKey, request) : [];

const vaultIds = ofKey(({ keyVaultId: value }) =>
  mistakes(
    !isIdOf(armTypes.keyVault, value) && {
      key: "customerManagedKey.keyVaultId",
      value,
      rule: /\/managedHSMs\//i.test(value)
        ? "The key must be in a key vault. Managed HSMs are not supported, because they do not use Azure's roles."
        : "It must be the ARM id of a key vault.",
      fix: "Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>. `az keyvault show --name <name> --query id` shows it.",
    },
  ),
);

/** Microsoft.KeyVault/vaults/keys in Azure/bicep-types-az. */
const names = ofKey(({ keyName: value, keyVersion }) =>
  mistakes(
    !/^[A-Za-z0-9-]{1,127}$/.test(value) && {
      key: "customerManagedKey.keyName",
      value,
      rule: "A key's name has 1 to 127 letters, digits and hyphens.",
      fix: /\/keys\/([A-Za-z0-9-]+)/.test(value)
        ? `Write only the name: ${/\/keys\/([A-Za-z0-9-]+)/.exec(value)?.[1] ?? ""}`
        : "Write the key's name in the vault, not its address or id.",
    },
    keyVersion !== undefined &&
      !/^[0-9a-f]{32}$/i.test(keyVersion) && {
        key: "customerManagedKey.keyVersion",
        value: keyVersion,
        rule: "A key's version has 32 hexadecimal digits.",
        fix: "Remove it to always use the newest version, or copy the last part of the key's address.",
      },
  ),
);

const identityIds = ofKey(({ userAssignedIdentityId: value }) =>
  mistakes(
    value !== undefined &&
      !isIdOf(armTypes.identity, value) && {
        key: "customerManagedKey.userAssignedIdentityId",
        value,
        rule: "It must be the ARM id of a user-assigned identity.",
        fix: "Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>, or remove it, and the stack creates an identity.",
      },
  ),
);

const encryptsWhatIsThere = ofKey(({ encrypts: value }, request) => {
  const key = "customerManagedKey.encrypts";
  if (value === undefined) return [];
  if (value.length === 0) {
    const rule = "The key encrypts at least one destination.";
    return [{ key, value, rule, fix: "Name one, or remove it to encrypt all of them." }];
  }
  return allDestinations
    .filter((kind) => value.includes(kind) && !streamsTo(request, kind))
    .map((kind) => ({
      key,
      value,
      rule: `The key can only encrypt destinations that are in use; \`${kind}\` is not among the destinations.`,
      fix: `Remove \`${kind}\` from \`encrypts\`, or add it to the destinations.`,
    }));
});

const tierThatTakesKeys = ofKey((_key, request) => {
  const { tier } = request;
  if (tier === undefined || tiers[tier].customerManagedKeys || !isEncrypted(request, "eventHub")) return [];
  const storageAlone = streamsTo(request, "storage")
    ? "write `encrypts: [storage]` to encrypt only the storage account, "
    : "";
  return [
    {
      key: "customerManagedKey",
      value: `tier ${tier}`,
      rule: `Event Hubs supports customer-managed keys only on Premium and Dedicated, and the tier is ${tier}. Azure encrypts it with Microsoft's keys.`,
      fix: `Write \`tier: Premium\`, ${storageAlone}or remove the key.`,
    },
  ];
});

const somebodyGivesTheRole = ofKey(({ userAssignedIdentityId }, { roles }) =>
  mistakes(
    roles === "expect" &&
      userAssignedIdentityId === undefined && {
        key: "customerManagedKey.userAssignedIdentityId",
        value: userAssignedIdentityId,
        rule: "With `roles: expect` the stack assigns no roles. A new identity would have no role on the vault when Azure starts to encrypt.",
        fix: "Give the id of an identity that has the role Key Vault Crypto Service Encryption User on the vault, or write `roles: manage`.",
      },
  ),
);

const notWhatExists = ofKey((_key, request) => {
  const { existing } = request;
  const ours = sentences(
    isEncrypted(request, "eventHub") && existingNamespaces(existing).length > 0 && "namespaces",
    isEncrypted(request, "storage") && existing?.accountId !== undefined && "accountId",
  );
  return ours.map((key) => ({
    key: "customerManagedKey",
    value: `existing.${key}`,
    rule: "The stack does not change the encryption of existing resources, and Event Hubs accepts a key only on an empty namespace.",
    fix: `Write \`encrypts\` without \`${key === "accountId" ? "storage" : "eventHub"}\`, or remove \`customerManagedKey\`.`,
  }));
});

const roleDelay = ofKey(({ roleDelaySeconds: value }) =>
  mistakes(
    value !== undefined &&
      !(Number.isSafeInteger(value) && value >= 0 && value <= longestRoleDelay) && {
        key: "customerManagedKey.roleDelaySeconds",
        value,
        rule: `\`roleDelaySeconds\` must be 0 to ${longestRoleDelay}. Azure applies a role within ten minutes.`,
        fix: `Write \`roleDelaySeconds: ${defaultRoleDelay}\` or another number in that range.`,
      },
  ),
);

export const encryptionRules: readonly Rule[] = [
  vaultIds,
  names,
  identityIds,
  encryptsWhatIsThere,
  tierThatTakesKeys,
  somebodyGivesTheRole,
  notWhatExists,
  roleDelay,
];
