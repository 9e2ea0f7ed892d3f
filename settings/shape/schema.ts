import { z } from "zod";
import { defaultDestinations, destinationKinds } from "../../streaming/defender/destinations.ts";
import { catalogue, observedTables } from "../../streaming/defender/tables.ts";
import type { TaggedKind } from "../../streaming/cloud/tags.ts";
import { about } from "../describe.ts";
import { customerManagedKey } from "./encryption.ts";
import { existing } from "./existing.ts";
import { eventHubNetwork, privateEndpoints } from "./network.ts";
import { consumer, portalUser } from "./principals.ts";
import { storage, tierKeys } from "./storage.ts";

const wholeNumber = z.int();
const tableName = z.string().register(about, {
  description: "A table's name; letter case is ignored.",
  values: [...catalogue, ...observedTables].map(({ name }) => name),
});

const exampleId = "5f0c4a52-7d3b-4e1a-9b60-2c8e6d1f7a34";

const tagsOfKind = z.record(z.string(), z.string()).optional();

const place = z.strictObject({
  namespace: z.string().register(about, { description: "`ns1`, `ns2`, …" }),
  exportSetting: z.string().register(about, { description: "`export1`, `export2`, …" }),
});

/**
 * The settings, key by key: the one source of their types, defaults and descriptions. The schema checks the form of each key by
 * itself; what depends on tier, tables or other keys is checked by the rules of `streaming/`.
 */
export const shape = {
  product: z.enum(["xdr", "endpoint"]).default("xdr").register(about, {
    description:
      "Which Defender streams: `xdr` (Defender XDR, 21 tables) or `endpoint` (Defender for Endpoint, the 10 device tables).",
    example: "endpoint",
  }),
  cloud: z
    .enum(["public", "gccHigh", "dod"])
    .default("public")
    .register(about, {
      description:
        "Microsoft's cloud: `public` (GCC too), `gccHigh` or `dod`. The portal's address and the endpoints follow it, and it must fit the location. See docs/clouds.md.",
      example: "gccHigh",
      refused: Object.fromEntries(
        ["gcc", "GCC"].map((name) => [
          name,
          { rule: "GCC uses the public cloud, its portal and its regions.", fix: "Write `cloud: public`." },
        ]),
      ),
    }),
  tables: z
    .union([
      z.array(tableName),
      z.strictObject({
        add: z
          .array(tableName)
          .optional()
          .register(about, { description: "Tables beside the product's preset, observed ones too." }),
        remove: z
          .array(tableName)
          .optional()
          .register(about, { description: "Tables of the product's preset to leave out." }),
        unlisted: z.array(z.string()).optional().register(about, {
          description:
            "Names that this project does not know, or not with `product: endpoint`, taken as written with a warning.",
        }),
      }),
    ])
    .optional()
    .register(about, {
      description:
        "Which tables: a list, or changes to the product's preset as `{add, remove, unlisted}`. Undocumented tables that were observed in streams must be named; names unknown to this project go under `unlisted`, and so do other tables than the device tables with `product: endpoint`.",
      otherwise: "all of the product's",
      example: { remove: ["DeviceImageLoadEvents"] },
      rule: "It is a list of table names, or changes to the preset with `add`, `remove` and `unlisted`.",
      fix: "Write `tables: [DeviceInfo, DeviceEvents]`, or `tables: {remove: [DeviceImageLoadEvents]}`.",
    }),
  destinations: z
    .array(z.enum(destinationKinds))
    .default([...defaultDestinations])
    .register(about, {
      description:
        "Where the events go: `eventHub`, `storage` (an archive of blobs), or both, each with export settings of its own.",
      example: ["eventHub", "storage"],
    }),
  storage: storage.register(about, {
    description:
      "The storage account, with the destination `storage` only. docs/storage.md explains its keys.",
    otherwise: "that of each key",
    example: { redundancy: "GZRS", retentionDays: 90 },
    rule: "It is a map of the account's options.",
    refusedKeys: tierKeys,
  }),
  customerManagedKey: customerManagedKey.optional().register(about, {
    description:
      "Encrypts the destinations with a key of yours, as `{keyVaultId, keyName, keyVersion, userAssignedIdentityId, roleDelaySeconds, encrypts}`; Event Hubs on Premium only. On namespaces it is on from the start or not: a change replaces them. See docs/encryption.md.",
    otherwise: "keys of Microsoft's",
    example: {
      keyVaultId: "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>",
      keyName: "defender-streaming",
    },
    rule: "It is a map with `keyVaultId` and `keyName`.",
  }),
  layout: z.enum(["perTable", "single"]).default("perTable").register(about, {
    description: "`perTable`: a hub for each table; `single`: one hub for all tables.",
    example: "single",
  }),
  hubName: z.string().optional().register(about, {
    description: "Name of the one hub; with layout `single` only, and required there.",
    otherwise: "none",
    example: "defender",
  }),
  tier: z.enum(["Basic", "Standard", "Premium", "Dedicated"]).default("Standard").register(about, {
    description:
      "Tier of the namespaces. To or from Premium or Dedicated replaces them. Dedicated needs `clusterId`. Basic is there to adopt what exists: small messages, one consumer group, no way in for trusted services.",
    example: "Premium",
  }),
  clusterId: z.string().optional().register(about, {
    description:
      "Id of the Event Hubs cluster on which the namespaces are made, in the stack's region; with tier Dedicated only.",
    otherwise: "none",
    example: "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.EventHub/clusters/<name>",
  }),
  existing: existing.optional().register(about, {
    description:
      "What is there already and is used, but neither managed nor deleted: `resourceGroupId`, `namespaces` (key → id, or `new`), `accountId`; and `adoptHubs`. See docs/existing.md.",
    otherwise: "none, everything is made",
    example: {
      namespaces: {
        ns1: "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.EventHub/namespaces/<name>",
        ns2: "new",
      },
      adoptHubs: true,
    },
    rule: "It is a map of what exists.",
  }),
  throughputUnits: wholeNumber.default(1).register(about, {
    description:
      "Capacity of each namespace: throughput units, on Premium processing units (1, 2, 4, 8 or 16), on Dedicated 1: the cluster has the capacity. A deployment raises, but never lowers what a namespace has.",
    minimum: 1,
    example: 4,
  }),
  autoInflate: z
    .union([
      z.literal(false),
      z.strictObject({
        maximumThroughputUnits: z.int().register(about, {
          description: "The ceiling, up to 40.",
          unit: "throughput units",
          minimum: 1,
        }),
      }),
    ])
    .optional()
    .register(about, {
      description:
        "Lets Azure raise the throughput units under load, up to a ceiling (at most 40); `false` turns it off. Standard only.",
      otherwise:
        "`{maximumThroughputUnits: 10}` on Standard, or `throughputUnits` where that is more; else `false`",
      example: { maximumThroughputUnits: 20 },
      rule: "It is `false`, or the ceiling as `{maximumThroughputUnits: <whole number>}`.",
      fix: "Write `autoInflate: {maximumThroughputUnits: 10}` with the ceiling you want, or `autoInflate: false`.",
    }),
  partitionCount: wholeNumber.optional().register(about, {
    description:
      "Partitions of each hub: how many readers of one consumer group can share the work. Below Premium the count cannot be changed later; another one replaces the hubs, with their events.",
    otherwise: "4; 32 with layout `single`",
    minimum: 1,
    example: 8,
  }),
  retentionHours: wholeNumber.optional().register(about, {
    description:
      "How long events stay in the hubs: up to 24 on Basic, 168 on Standard, 2160 on Premium and Dedicated.",
    unit: "hours",
    otherwise: "168; 24 on Basic",
    minimum: 1,
    example: 72,
  }),
  consumerGroups: z
    .array(z.string())
    .default([])
    .register(about, {
      description:
        "Consumer groups of each hub beside `$Default`, one for each application that reads by itself. A consumer of the same name is told to use it. None on Basic.",
      example: ["splunk", "sentinel"],
    }),
  portalUsers: z
    .array(portalUser)
    .default([])
    .register(about, {
      description:
        "Who saves the export settings in the Defender portal; they get Contributor. Entries have `name` and one of `objectId` (with `principalType`), `userPrincipalName` and `groupName`, and may say how they have the role (`access`: `permanent`, `eligible` or `{until}`). See docs/identities.md.",
      example: [{ name: "Security engineers", objectId: exampleId, principalType: "Group" }],
    }),
  consumers: z
    .array(consumer)
    .default([])
    .register(about, {
      description:
        "Which applications read the events; they get Reader and Azure Event Hubs Data Receiver, on storage Storage Blob Data Reader. Entries have `name` and one of `objectId` (with `principalType`), `applicationId`, `managedIdentityId` and `application` (made here), and may say which destinations they read (`reads`) and what client they are (`kind`). See docs/identities.md and docs/consumers.md.",
      example: [{ name: "splunk", objectId: exampleId, principalType: "ServicePrincipal" }],
    }),
  roles: z.enum(["manage", "expect"]).default("manage").register(about, {
    description:
      "`manage` makes the role assignments; `expect` makes none and lists which are needed, for deployers who may not assign roles.",
    example: "expect",
  }),
  roleScope: z.enum(["destination", "resourceGroup", "subscription"]).default("destination").register(about, {
    description:
      "Where grants hold: each namespace, this stack's resource group, or the subscription (needs `ownsSharedRoles`).",
    example: "resourceGroup",
  }),
  ownsSharedRoles: z.boolean().default(false).register(about, {
    description:
      "This stack is the one that makes, and on destroy removes, grants at a scope that other stacks share.",
    example: true,
  }),
  exportSettingsUsedByOthers: wholeNumber.default(0).register(about, {
    description:
      "How many of the tenant's 5 export settings others use (Sentinel, other stacks); this stack's own do not count.",
    minimum: 0,
    example: 1,
  }),
  maxEventTypesPerSetting: wholeNumber.default(10).register(about, {
    description:
      "Event types that one export setting takes. 10 is documented for a hub per table; with layout `single` more may do.",
    minimum: 1,
    example: 21,
  }),
  placement: z
    .record(z.string(), place)
    .optional()
    .register(about, {
      description:
        "Demands where tables go, as table → `{namespace, exportSetting}`. Without it the plan keeps what is deployed and fills gaps.",
      otherwise: "as deployed",
      example: { DeviceInfo: { namespace: "ns1", exportSetting: "export1" } },
    }),
  hubPolicy: z.boolean().default(false).register(about, {
    description:
      "Adds a shared access policy with Send and Listen to each hub, which older documentation asks for.",
    example: true,
  }),
  eventHubNetwork: eventHubNetwork.register(about, {
    description:
      "The namespaces' firewall, with the destination `eventHub` only: `{publicAccess, ipRules, virtualNetworkRules, privateEndpoint}`. `publicAccess` is `open`, `selected` (by rules) or `disabled`. docs/network.md explains its keys.",
    otherwise: "`{publicAccess: open}`",
    example: { publicAccess: "selected", ipRules: ["203.0.113.0/24"] },
    rule: "It is a map of the firewall's options.",
  }),
  privateEndpoints,
  lock: z
    .boolean()
    .default(false)
    .register(about, {
      description:
        "Locks namespaces, account and private endpoints against deletion (`CanNotDelete`), for portal and command line too; what is below them as well: hubs, roles. Recommended in production. See docs/network.md.",
      example: true,
      rule: "It is true or false.",
      refused: {
        ReadOnly: {
          rule: "A lock of the level ReadOnly also forbids reading access keys and making hubs, so that neither Defender nor this project could work.",
          fix: "Write `lock: true`, which makes a lock of the level CanNotDelete.",
        },
        CanNotDelete: {
          rule: "There is one level of locks here, CanNotDelete.",
          fix: "Write `lock: true`.",
        },
      },
    }),
  tags: z
    .record(z.string(), z.string())
    .default({})
    .register(about, {
      description: "Tags of everything that can have some.",
      example: { owner: "security" },
      fix: 'Write `tags: {owner: security}`; numbers, true and false go in quotes: `costCentre: "4711"`.',
    }),
  tagOverrides: z
    .strictObject({
      resourceGroup: tagsOfKind,
      namespace: tagsOfKind,
      storageAccount: tagsOfKind,
      checkpointStore: tagsOfKind,
      identity: tagsOfKind,
      privateEndpoint: tagsOfKind,
      privateDnsZone: tagsOfKind,
    } satisfies Record<TaggedKind, typeof tagsOfKind>)
    .default({})
    .register(about, {
      description:
        "What a kind of resource has instead of `tags`, none of which it keeps. Kinds: `resourceGroup`, `namespace`, `storageAccount`, `checkpointStore`, `identity`, `privateEndpoint`, `privateDnsZone`.",
      example: { storageAccount: { owner: "archive" } },
      fix: "Write `tagOverrides: {storageAccount: {owner: archive}}`.",
    }),
  protect: z.boolean().default(true).register(about, {
    description:
      "Protects what holds events, so that a deletion or replacement stops at the preview. `false` for test stacks.",
    example: false,
  }),
  allowDataLoss: z
    .array(z.string())
    .default([])
    .register(about, {
      description:
        "Tables, namespaces with all hubs in them (`ns1`), or the storage account (`sa1`), that may be deleted or replaced although `protect` is on.",
      example: ["DeviceImageLoadEvents"],
    }),
  endpointIntegration: z
    .union([
      z.literal(false),
      z.strictObject({
        acknowledgeInstallation: z.boolean().default(false).register(about, {
          description:
            "That Defender for Endpoint gets installed on the subscription's servers which a Defender for Servers plan covers is wanted.",
        }),
        ownsSubscriptionSetting: z.boolean().default(false).register(about, {
          description: "This stack is the one of the subscription that owns the switch.",
        }),
        restoreOnDestroy: z.boolean().default(false).register(about, {
          description: "Puts the switch back to what it was when the stack is destroyed; else it stays on.",
        }),
      }),
    ])
    .default(false)
    .register(about, {
      description:
        "Turns on Defender for Cloud's integration with Defender for Endpoint, one switch for the whole subscription, which installs Defender for Endpoint on its servers: must be acknowledged, and is for one stack only. See docs/endpoint-integration.md.",
      example: { acknowledgeInstallation: true, ownsSubscriptionSetting: true },
      rule: "It is `false`, or `{acknowledgeInstallation, ownsSubscriptionSetting, restoreOnDestroy}` with true or false for each.",
      fix: "Write `endpointIntegration: {acknowledgeInstallation: true, ownsSubscriptionSetting: true}`, or `endpointIntegration: false`.",
    }),
  registration: z
    .strictObject({
      providers: z
        .array(
          z.string().regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+$/, {
            error: "A resource provider is named like `Microsoft.Storage`.",
          }),
        )
        .default([])
        .register(about, { description: "Further resource providers to register." }),
      timeoutMinutes: z
        .int()
        .min(1, { error: "It is 1 minute or more." })
        .default(15)
        .register(about, { description: "How long to wait for Azure.", unit: "minutes" }),
    })
    .default({ providers: [], timeoutMinutes: 15 })
    .register(about, {
      description:
        "Registering resource providers in the subscription: further `providers`, and how long to wait (`timeoutMinutes`).",
      example: { timeoutMinutes: 30 },
    }),
};

export const schema = z.strictObject(shape);

/** What is given, before defaults that depend on other keys. */
export type Given = z.output<typeof schema>;
