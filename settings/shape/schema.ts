import { z } from "zod";
import { defaultDestinations, allDestinations } from "../../streaming/defender/destinations.ts";
import { catalog, observedTables, presets, products } from "../../streaming/defender/tables.ts";
import { cloudNames } from "../../streaming/cloud/clouds.ts";
import { taggables } from "../../streaming/cloud/tags.ts";
import { tierNames, tiers } from "../../streaming/eventHubs/tiers.ts";
import { exportSettingsPerTenant } from "../../streaming/placement/limits.ts";
import { defaultRegistrationMinutes, layouts, roleHandlings, roleScopes } from "../../streaming/request.ts";
import { listed } from "../../streaming/wording/words.ts";
import { descriptions } from "../describe.ts";
import { defaultCeiling, defaultPartitions, defaultRetentionHours } from "./defaults.ts";
import { customerManagedKey } from "./encryption.ts";
import { existing } from "./existing.ts";
import { eventHubNetwork, privateEndpoints } from "./network.ts";
import { consumer, portalUser } from "./principals.ts";
import { retiredKeys, storage, tierKeys } from "./storage.ts";

const wholeNumber = z.int();
const tableName = z.string().register(descriptions, {
  description: "A table's name. Case does not matter.",
  values: [...catalog, ...observedTables].map(({ name }) => name),
});

const exampleId = "5f0c4a52-7d3b-4e1a-9b60-2c8e6d1f7a34";

const { Basic, Standard, Premium, Dedicated } = tiers;

const overridingTags = Object.fromEntries(
  taggables.map((name) => [name, z.record(z.string(), z.string()).optional()]),
) as Record<(typeof taggables)[number], z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>>;

const place = z.strictObject({
  namespace: z.string().register(descriptions, { description: "`ns1`, `ns2`, …" }),
  exportSetting: z.string().register(descriptions, { description: "`export1`, `export2`, …" }),
});

/**
 * The settings, key by key: the one source of their types, defaults and descriptions. The schema checks the form of each key
 * alone. The rules of `streaming/` check what depends on tier, tables or other keys.
 */
export const shape = {
  product: z
    .enum(products)
    .default("xdr")
    .register(descriptions, {
      description: `The product that streams: \`xdr\` (Defender XDR, ${presets.xdr.length} tables) or \`endpoint\` (Defender for Endpoint, the ${presets.endpoint.length} device tables).`,
      example: "endpoint",
    }),
  cloud: z
    .enum(cloudNames)
    .default("public")
    .register(descriptions, {
      description:
        "Microsoft's cloud: `public` (also for GCC), `gccHigh` or `dod`. It sets the portal's address and Azure's endpoints. The location must be in it. See docs/clouds.md.",
      example: "gccHigh",
      refused: Object.fromEntries(
        ["gcc", "GCC"].map((name) => [
          name,
          {
            rule: "GCC uses the public cloud, with its portal and its regions.",
            fix: "Write `cloud: public`.",
          },
        ]),
      ),
    }),
  tables: z
    .union([
      z.array(tableName),
      z.strictObject({
        add: z.array(tableName).optional().register(descriptions, {
          description: "Tables to add to the product's preset. Observed tables are allowed.",
        }),
        remove: z
          .array(tableName)
          .optional()
          .register(descriptions, { description: "Tables of the product's preset to leave out." }),
        unlisted: z.array(z.string()).optional().register(descriptions, {
          description:
            "Tables that this project does not know, or does not know for `product: endpoint`. They are used as written, with a warning.",
        }),
      }),
    ])
    .optional()
    .register(descriptions, {
      description:
        "The tables to stream: a list, or changes to the product's preset as `{add, remove, unlisted}`. Undocumented tables are never in a preset: name them. Put tables that this project does not know under `unlisted`, and with `product: endpoint` all tables other than device tables.",
      otherwise: "the product's preset",
      example: { remove: ["DeviceImageLoadEvents"] },
      rule: "It must be a list of table names, or changes to the preset with `add`, `remove` and `unlisted`.",
      fix: "Write `tables: [DeviceInfo, DeviceEvents]`, or `tables: {remove: [DeviceImageLoadEvents]}`.",
    }),
  destinations: z
    .array(z.enum(allDestinations))
    .default([...defaultDestinations])
    .register(descriptions, {
      description:
        "Where the events go: `eventHub`, `storage` (an archive of blobs), or both. Each has its own export settings.",
      example: ["eventHub", "storage"],
    }),
  storage: storage.register(descriptions, {
    description: "The storage account. Only with the destination `storage`. See docs/storage.md.",
    otherwise: "the default of each key",
    example: { redundancy: "GZRS", retentionDays: 90 },
    rule: "It must be a map of the account's options.",
    refusedKeys: tierKeys,
    retired: retiredKeys,
  }),
  customerManagedKey: customerManagedKey.optional().register(descriptions, {
    description: `Encrypts the destinations with your own key. For Event Hubs the tier must be ${listed(
      tierNames.filter((name) => tiers[name].customerManagedKeys),
      "or",
    )}. Adding the key to a namespace, or removing it, replaces the namespace. See docs/encryption.md.`,
    otherwise: "Microsoft's keys",
    example: {
      keyVaultId: "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>",
      keyName: "defender-streaming",
    },
    rule: "It must be a map with `keyVaultId` and `keyName`.",
  }),
  layout: z.enum(layouts).default("perTable").register(descriptions, {
    description: "`perTable`: one hub for each table. `single`: one hub for all tables.",
    example: "single",
  }),
  hubName: z.string().optional().register(descriptions, {
    description: "Name of the one hub. Required with layout `single`, not allowed with `perTable`.",
    otherwise: "none",
    example: "defender",
  }),
  tier: z.enum(tierNames).default("Standard").register(descriptions, {
    description:
      "Tier of the namespaces. A change to or from Premium or Dedicated replaces them. Dedicated needs `clusterId`. Basic is for existing namespaces only: its messages are small, it has one consumer group, and trusted services cannot get through a firewall.",
    example: "Premium",
  }),
  clusterId: z.string().optional().register(descriptions, {
    description:
      "Id of the Event Hubs cluster for the namespaces, in the stack's region. Only with tier Dedicated.",
    otherwise: "none",
    example: "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.EventHub/clusters/<name>",
  }),
  existing: existing.optional().register(descriptions, {
    description:
      "Existing resources to use: `resourceGroupId`, `namespaces` (key → id, or `new`), `accountId`, `adoptHubs`. The stack does not change or delete them. See docs/existing.md.",
    otherwise: "none, everything is created",
    example: {
      namespaces: {
        ns1: "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.EventHub/namespaces/<name>",
        ns2: "new",
      },
      adoptHubs: true,
    },
    rule: "It must be a map of existing resources.",
  }),
  throughputUnits: wholeNumber.default(1).register(descriptions, {
    description: `Capacity of each namespace: ${Standard.unit}s on Basic and Standard, ${Premium.unit}s (${listed(Premium.units.map(String), "or")}) on Premium, ${Dedicated.units.join()} on Dedicated, because the cluster has the capacity. A deployment raises the units of a namespace, but never lowers them.`,
    minimum: 1,
    example: 4,
  }),
  autoInflate: z
    .union([
      z.literal(false),
      z.strictObject({
        maximumThroughputUnits: z.int().register(descriptions, {
          description: `The ceiling, up to ${Standard.autoInflateCeiling}.`,
          unit: "throughput units",
          minimum: 1,
        }),
      }),
    ])
    .optional()
    .register(descriptions, {
      description:
        "Azure raises the throughput units under load, up to a ceiling. `false` turns this off. Standard only.",
      otherwise: `\`{maximumThroughputUnits: ${defaultCeiling}}\` on Standard, or \`throughputUnits\` if that is more; otherwise \`false\``,
      example: { maximumThroughputUnits: 20 },
      rule: "It must be `false`, or the ceiling as `{maximumThroughputUnits: <whole number>}`.",
      fix: `Write \`autoInflate: {maximumThroughputUnits: ${defaultCeiling}}\` with the ceiling you want, or \`autoInflate: false\`.`,
    }),
  partitionCount: wholeNumber.optional().register(descriptions, {
    description:
      "Partitions of each hub: the number of readers in one consumer group that can share the work. On Basic and Standard another number replaces the hubs, and their events are lost.",
    otherwise: `${defaultPartitions.perTable}; ${defaultPartitions.single} with layout \`single\``,
    minimum: 1,
    example: 8,
  }),
  retentionHours: wholeNumber.optional().register(descriptions, {
    description: `How long the hubs keep events: up to ${Basic.retentionHours} on Basic, ${Standard.retentionHours} on Standard, ${Premium.retentionHours} on Premium and Dedicated.`,
    unit: "hours",
    otherwise: `${defaultRetentionHours}; ${Basic.retentionHours} on Basic`,
    minimum: 1,
    example: 72,
  }),
  consumerGroups: z
    .array(z.string())
    .default([])
    .register(descriptions, {
      description:
        "Consumer groups of each hub, besides `$Default`. Each application that reads on its own needs one. A consumer reads through the group that has its name. None on Basic.",
      example: ["splunk", "sentinel"],
    }),
  portalUsers: z
    .array(portalUser)
    .default([])
    .register(descriptions, {
      description:
        "People and groups who save the export settings in the Defender portal. They get Contributor. Each entry has a `name` and one of `objectId` (with `principalType`), `userPrincipalName` and `groupName`. `access` sets how they get the role. See docs/identities.md.",
      example: [{ name: "Security engineers", objectId: exampleId, principalType: "Group" }],
    }),
  consumers: z
    .array(consumer)
    .default([])
    .register(descriptions, {
      description:
        "Applications that read the events. They get Reader and Azure Event Hubs Data Receiver on namespaces, and Storage Blob Data Reader on the account. Each entry has a `name` and one of `objectId` (with `principalType`), `applicationId`, `managedIdentityId` and `application` (the stack creates it). `reads` limits the destinations, `kind` names the client. See docs/identities.md and docs/consumers.md.",
      example: [{ name: "splunk", objectId: exampleId, principalType: "ServicePrincipal" }],
    }),
  roles: z.enum(roleHandlings).default("manage").register(descriptions, {
    description:
      "`manage` creates the role assignments. `expect` only lists them in an output, for deployers who may not assign roles.",
    example: "expect",
  }),
  roleScope: z.enum(roleScopes).default("destination").register(descriptions, {
    description:
      "Scope of the role assignments: each namespace and the account (`destination`), the stack's resource group, or the subscription (needs `ownsSharedRoles`).",
    example: "resourceGroup",
  }),
  ownsSharedRoles: z.boolean().default(false).register(descriptions, {
    description:
      "This stack creates the role assignments at a scope that it shares with other stacks. It deletes them when it is destroyed.",
    example: true,
  }),
  exportSettingsUsedByOthers: wholeNumber.default(0).register(descriptions, {
    description: `How many of the tenant's ${exportSettingsPerTenant} export settings others use, such as Sentinel and other stacks. Do not count those of this stack.`,
    minimum: 0,
    example: 1,
  }),
  maxEventTypesPerSetting: wholeNumber.default(Standard.eventTypesPerSetting).register(descriptions, {
    description: `How many event types one export setting can have. ${Standard.eventTypesPerSetting} is documented for one hub per table; with layout \`single\` more may work.`,
    minimum: 1,
    example: 21,
  }),
  placement: z
    .record(z.string(), place)
    .optional()
    .register(descriptions, {
      description:
        "Places for tables, as table → `{namespace, exportSetting}`. Other tables keep their place, and new ones fill gaps.",
      otherwise: "as deployed",
      example: { DeviceInfo: { namespace: "ns1", exportSetting: "export1" } },
    }),
  hubPolicy: z.boolean().default(false).register(descriptions, {
    description:
      "Adds a shared access policy with Send and Listen to each hub. Older documentation asks for it.",
    example: true,
  }),
  eventHubNetwork: eventHubNetwork.register(descriptions, {
    description:
      "The namespaces' firewall: `{publicAccess, ipRules, virtualNetworkRules, privateEndpoint}`. Only with the destination `eventHub`. See docs/network.md.",
    otherwise: "`{publicAccess: open}`",
    example: { publicAccess: "selected", ipRules: ["203.0.113.0/24"] },
    rule: "It must be a map of the firewall's options.",
  }),
  privateEndpoints,
  lock: z
    .boolean()
    .default(false)
    .register(descriptions, {
      description:
        "Puts a lock (`CanNotDelete`) on namespaces, account and private endpoints. Nobody can then delete them, or the hubs and role assignments below them, with any tool. Recommended in production. See docs/network.md.",
      example: true,
      rule: "It must be true or false.",
      refused: {
        ReadOnly: {
          rule: "A ReadOnly lock also blocks reading access keys and creating hubs. Neither Defender nor this project could work.",
          fix: "Write `lock: true`, which creates a CanNotDelete lock.",
        },
        CanNotDelete: {
          rule: "CanNotDelete is the only level here.",
          fix: "Write `lock: true`.",
        },
      },
    }),
  tags: z
    .record(z.string(), z.string())
    .default({})
    .register(descriptions, {
      description: "Tags for every resource that can have tags.",
      example: { owner: "security" },
      fix: 'Write `tags: {owner: security}`; put numbers, true and false in quotes: `costCenter: "4711"`.',
    }),
  tagOverrides: z
    .strictObject(overridingTags)
    .default({})
    .register(descriptions, {
      description: "Tags for one kind of resource. They replace `tags` for that kind; nothing is merged.",
      example: { storageAccount: { owner: "archive" } },
      fix: "Write `tagOverrides: {storageAccount: {owner: archive}}`.",
    }),
  protect: z.boolean().default(true).register(descriptions, {
    description:
      "Protects the resources that hold events: the preview stops if one of them would be deleted or replaced. Use `false` for test stacks.",
    example: false,
  }),
  allowDataLoss: z
    .array(z.string())
    .default([])
    .register(descriptions, {
      description:
        "What may be deleted or replaced although `protect` is on: tables, namespaces with all their hubs (`ns1`), the storage account (`sa1`).",
      example: ["DeviceImageLoadEvents"],
    }),
  endpointIntegration: z
    .union([
      z.literal(false),
      z.strictObject({
        acknowledgeInstallation: z.boolean().default(false).register(descriptions, {
          description:
            "Confirms that Defender for Endpoint will be installed on every server that a Defender for Servers plan covers.",
        }),
        ownsSubscriptionSetting: z.boolean().default(false).register(descriptions, {
          description: "This stack is the only one in the subscription that owns the switch.",
        }),
        restoreOnDestroy: z.boolean().default(false).register(descriptions, {
          description:
            "When the stack is destroyed, the switch gets its former value. Otherwise it stays on.",
        }),
      }),
    ])
    .default(false)
    .register(descriptions, {
      description:
        "Turns on Defender for Cloud's integration with Defender for Endpoint: one switch for the whole subscription, which installs Defender for Endpoint on its servers. You must acknowledge that, and only one stack may own the switch. See docs/endpoint-integration.md.",
      example: { acknowledgeInstallation: true, ownsSubscriptionSetting: true },
      rule: "It must be `false`, or `{acknowledgeInstallation, ownsSubscriptionSetting, restoreOnDestroy}` with true or false for each.",
      fix: "Write `endpointIntegration: {acknowledgeInstallation: true, ownsSubscriptionSetting: true}`, or `endpointIntegration: false`.",
    }),
  registration: z
    .strictObject({
      providers: z
        .array(
          z.string().regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+$/, {
            error: "A resource provider has a name such as `Microsoft.Storage`.",
          }),
        )
        .default([])
        .register(descriptions, { description: "Additional resource providers to register." }),
      timeoutMinutes: z
        .int()
        .min(1, { error: "It must be 1 minute or more." })
        .default(defaultRegistrationMinutes)
        .register(descriptions, { description: "How long to wait for Azure.", unit: "minutes" }),
    })
    .default({ providers: [], timeoutMinutes: defaultRegistrationMinutes })
    .register(descriptions, {
      description:
        "Registration of resource providers in the subscription: additional `providers`, and how long to wait (`timeoutMinutes`).",
      example: { timeoutMinutes: 30 },
    }),
};

export const schema = z.strictObject(shape);

/** The settings as given, before defaults that depend on other keys. */
export type Given = z.output<typeof schema>;
