import { z } from "zod";
import { accountFirewall } from "../../streaming/cloud/firewall.ts";
import { redundancies, storageDefaults } from "../../streaming/storage/account.ts";
import { redundancyFamilies } from "../../streaming/storage/redundancy.ts";
import { listed } from "../../streaming/wording/words.ts";
import { descriptions } from "../describe.ts";

const premiumAccounts =
  "Defender does not write to premium accounts: it needs append blobs in an account of the kind StorageV2.";

const premium = { rule: premiumAccounts, fix: `Write ${listed(redundancies, "or")}.` };

/** Azure's names for the SKUs of accounts. */
const skus = Object.fromEntries(
  redundancies.map((name) => [
    `Standard_${name}`,
    { rule: "It must be the part of the SKU's name after `Standard_`.", fix: `Write ${name}.` },
  ]),
);

const inPlace = redundancyFamilies.map((names) => `between ${listed(names)}`).join(", or ");

/** The options of the storage account, key by key. The rules of `streaming/` check their values. */
const storageShape = {
  redundancy: z
    .enum(redundancies)
    .default(storageDefaults.redundancy)
    .register(descriptions, {
      description: `How many copies Azure keeps, and where. You can change it ${inPlace}. For any other change Azure converts the account on request, which takes days.`,
      refused: { ...skus, Premium_LRS: premium, Premium_ZRS: premium },
    }),
  retentionDays: z
    .union([z.literal(false), z.int()])
    .default(storageDefaults.retentionDays)
    .register(descriptions, {
      description:
        "How long a blob is kept after the last write to it. Then it is deleted. `false` keeps all blobs forever.",
      unit: "days",
      rule: "It must be a whole number of days, or `false` to keep everything.",
      fix: "Write `storage: {retentionDays: 365}` with the days you want, or `false`.",
    }),
  softDeleteDays: z.int().default(storageDefaults.softDeleteDays).register(descriptions, {
    description: "How long deleted blobs and containers can be restored.",
    unit: "days",
    minimum: 1,
    fix: "Write `storage: {softDeleteDays: 7}` with the days you want.",
  }),
  containers: z.boolean().optional().register(descriptions, {
    description:
      "Creates the container of each table in advance. With `false`, Defender creates them with the first events.",
    otherwise: "`true`; `false` in an existing account",
  }),
  immutability: z
    .union([
      z.literal(false),
      z.strictObject({
        days: z
          .int()
          .register(descriptions, { description: "Fewer than `retentionDays`.", unit: "days", minimum: 1 }),
      }),
    ])
    .default(storageDefaults.immutability)
    .register(descriptions, {
      description:
        "Nobody can change or delete a blob until a number of days after its last write: `{days: 30}`. Defender can still append. The policy is created unlocked.",
      rule: "It must be `false`, or the days as `{days: <whole number>}`.",
      fix: "Write `storage: {immutability: {days: 30}}` with the days you want, or `false`.",
    }),
  hierarchicalNamespace: z.boolean().default(storageDefaults.hierarchicalNamespace).register(descriptions, {
    description:
      "Directories, as in a data lake. Microsoft's pages disagree whether Defender can write there. A change replaces the account.",
  }),
  infrastructureEncryption: z
    .boolean()
    .default(storageDefaults.infrastructureEncryption)
    .register(descriptions, {
      description: "A second layer of encryption, with other platform keys. A change replaces the account.",
    }),
  sharedKeyAccess: z.boolean().default(storageDefaults.sharedKeyAccess).register(descriptions, {
    description:
      "Allows access with account keys. It is unknown whether Defender needs them: turn this off on a test account first.",
  }),
  ipRules: z
    .array(z.string())
    .default([...storageDefaults.ipRules])
    .register(descriptions, {
      description: `Public IPv4 addresses that consumers connect from, or ranges up to /${accountFirewall.longestSuffix}.`,
    }),
  virtualNetworkRules: z
    .array(z.string())
    .default([...storageDefaults.virtualNetworkRules])
    .register(descriptions, {
      description: `Ids of subnets that consumers connect from. They need the service endpoint ${accountFirewall.serviceEndpoint}.`,
    }),
  resourceAccessRules: z
    .array(z.string())
    .default([...storageDefaults.resourceAccessRules])
    .register(descriptions, {
      description: "Ids of Azure resources that read with their managed identity.",
    }),
  privateEndpoint: z.boolean().default(storageDefaults.privateEndpoint).register(descriptions, {
    description: "Consumers connect through a private endpoint that this stack does not create.",
  }),
};

/** lifecycle-management-policy-structure.md (MicrosoftDocs/azure-docs). */
const noTiers = {
  rule: "Defender writes append blobs, which have no access tiers: a lifecycle rule can delete them, but not move them to cool, cold or archive.",
  fix: "Remove it and set `retentionDays`. To store events for less, copy them to block blobs in another account.",
};

/** However the access tiers are asked for: `accessTier`, `coolAfterDays`, `tierToArchive`, … */
export const tierKeys = { pattern: /tier|cool|cold|archiv/i, ...noTiers };

/** Azure Monitor's documents on diagnostic settings exclude both accounts (diagnostic-settings.md, MicrosoftDocs/azure-monitor-docs). */
export const retiredKeys = {
  performance: { only: "standard", rule: premiumAccounts, fix: "Remove it." },
  dnsEndpointType: {
    only: "Standard",
    rule: "Defender does not write to accounts with partitioned DNS names (`AzureDnsZone`).",
    fix: "Remove it.",
  },
  tiering: { only: false, ...noTiers },
};

export const storage = z.strictObject(storageShape).prefault({});
