import { z } from "zod";
import { tiersRefused } from "../../streaming/storage/rules.ts";
import { redundancies, storageDefaults } from "../../streaming/storage/account.ts";
import { listed } from "../../streaming/wording/words.ts";
import { about } from "../describe.ts";

const premium = {
  rule: "Defender does not write to premium accounts: it appends to blobs of an account of the kind StorageV2.",
  fix: `Write ${listed(redundancies, "or")}.`,
};

/** As Azure spells the SKUs of accounts. */
const skus = Object.fromEntries(
  redundancies.map((name) => [
    `Standard_${name}`,
    {
      rule: "It is what stands behind `Standard_` in the name of the account's SKU.",
      fix: `Write ${name}.`,
    },
  ]),
);

/** The options of the storage account, key by key. What they may be is checked by the rules of `streaming/`. */
export const storageShape = {
  redundancy: z
    .enum(redundancies)
    .default(storageDefaults.redundancy)
    .register(about, {
      description:
        "How many copies Azure keeps and where. LRS, GRS and RAGRS change into each other in place, and so do ZRS, GZRS and RAGZRS; from one list to the other Azure converts on request, within days.",
      refused: { ...skus, Premium_LRS: premium, Premium_ZRS: premium },
    }),
  retentionDays: z
    .union([z.literal(false), z.int()])
    .default(storageDefaults.retentionDays)
    .register(about, {
      description: "Deletes a blob so many days after the last write; `false` keeps all for ever.",
      unit: "days",
      rule: "It is a whole number of days, or `false` to keep everything.",
      fix: "Write `storage: {retentionDays: 365}` with the days you want, or `false`.",
    }),
  softDeleteDays: z.int().default(storageDefaults.softDeleteDays).register(about, {
    description: "How long deleted blobs and containers can be brought back.",
    unit: "days",
    minimum: 1,
    fix: "Write `storage: {softDeleteDays: 7}` with the days you want.",
  }),
  containers: z.boolean().optional().register(about, {
    description:
      "Makes the container of each table beforehand. With `false` Defender makes them with the first events.",
    otherwise: "`true`; `false` in an existing account",
  }),
  immutability: z
    .union([
      z.literal(false),
      z.strictObject({
        days: z
          .int()
          .register(about, { description: "Fewer than `retentionDays`.", unit: "days", minimum: 1 }),
      }),
    ])
    .default(storageDefaults.immutability)
    .register(about, {
      description:
        "Nobody can change or delete a blob for so many days after the last write: `{days: 30}`. Made unlocked; Defender can still append.",
      rule: "It is `false`, or the days as `{days: <whole number>}`.",
      fix: "Write `storage: {immutability: {days: 30}}` with the days you want, or `false`.",
    }),
  hierarchicalNamespace: z.boolean().default(storageDefaults.hierarchicalNamespace).register(about, {
    description:
      "Folders as in a data lake. Microsoft's pages disagree whether Defender writes there. A change replaces the account.",
  }),
  infrastructureEncryption: z.boolean().default(storageDefaults.infrastructureEncryption).register(about, {
    description: "A second encryption with other keys of the platform. A change replaces the account.",
  }),
  sharedKeyAccess: z.boolean().default(storageDefaults.sharedKeyAccess).register(about, {
    description:
      "Lets account keys open the account. It is not known whether Defender writes with one; turn it off on a test account first.",
  }),
  ipRules: z
    .array(z.string())
    .default([...storageDefaults.ipRules])
    .register(about, {
      description: "Public IPv4 addresses, or ranges up to /30, that consumers come from.",
    }),
  virtualNetworkRules: z
    .array(z.string())
    .default([...storageDefaults.virtualNetworkRules])
    .register(about, {
      description: "Ids of subnets with the service endpoint Microsoft.Storage that consumers come from.",
    }),
  resourceAccessRules: z
    .array(z.string())
    .default([...storageDefaults.resourceAccessRules])
    .register(about, {
      description: "Ids of Azure resources that consumers are, with their managed identity.",
    }),
  privateEndpoint: z.boolean().default(storageDefaults.privateEndpoint).register(about, {
    description: "Says that consumers come through a private endpoint that is made elsewhere.",
  }),
  performance: z
    .enum(["standard", "premium"])
    .default(storageDefaults.performance)
    .register(about, {
      description: "`standard`; Defender does not write to premium accounts.",
      refused: { Premium: { ...premium, fix: "Take it out, or write `storage: {performance: standard}`." } },
    }),
  dnsEndpointType: z
    .enum(["Standard", "AzureDnsZone"])
    .default(storageDefaults.dnsEndpointType)
    .register(about, {
      description: "`Standard`; Defender does not write to accounts with partitioned DNS names.",
    }),
  tiering: z.unknown().optional().register(about, {
    description: "Cannot be had: what Defender writes are append blobs, which have no tiers.",
    otherwise: "`false`",
  }),
};

/** However somebody asks for tiers: `accessTier`, `coolAfterDays`, `tierToArchive`, … */
export const tierKeys = { pattern: /tier|cool|cold|archiv/i, ...tiersRefused };

export const storage = z.strictObject(storageShape).prefault({});
