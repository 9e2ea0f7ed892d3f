import { parseId } from "../cloud/resourceId.ts";
import {
  accountFirewall,
  ipRuleMistakes,
  subnetRuleMistakes,
  tooManyRules,
  twice,
} from "../cloud/firewall.ts";
import { addressesOfReaders } from "../consumers/consumer.ts";
import { readsFrom, streamsTo } from "../defender/destinations.ts";
import type { Draft } from "../request.ts";
import type { Rule } from "../rule.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { count } from "../wording/words.ts";
import { containerNameOf, type StorageOptions } from "./account.ts";

/** A rule on the account, silent when there is none. */
const ofAccount =
  (rule: (storage: StorageOptions, request: Draft) => Mistake[]): Rule =>
  (request) =>
    request.storage && streamsTo(request, "storage") ? rule(request.storage, request) : [];

/** Azure Monitor's documents on diagnostic settings exclude both kinds (diagnostic-settings.md, MicrosoftDocs/azure-monitor-docs). */
const accountsDefenderWritesTo = ofAccount(({ performance, dnsEndpointType }) => [
  ...(performance === "premium"
    ? [
        {
          key: "storage.performance",
          value: performance,
          rule: "Defender does not write to premium accounts: it appends to blobs of an account of the kind StorageV2.",
          fix: "Take it out, or write `storage: {performance: standard}`.",
        },
      ]
    : []),
  ...(dnsEndpointType === "AzureDnsZone"
    ? [
        {
          key: "storage.dnsEndpointType",
          value: dnsEndpointType,
          rule: "Defender does not write to accounts with partitioned DNS names (`AzureDnsZone`).",
          fix: "Take it out, or write `storage: {dnsEndpointType: Standard}`.",
        },
      ]
    : []),
]);

/** lifecycle-management-policy-structure.md (MicrosoftDocs/azure-docs). */
export const tiersRefused = {
  rule: "Defender writes append blobs, and those have no tiers: a lifecycle rule can delete them, not make them cool, cold or archived.",
  fix: "Take it out and choose `retentionDays`; to keep events for less money, copy closed hours to block blobs in another account.",
};

const noTiers = ofAccount(({ tiering }) =>
  tiering === undefined || tiering === false
    ? []
    : [{ key: "storage.tiering", value: tiering, ...tiersRefused }],
);

const longestRetention = 99_999;

const retention = ofAccount(({ retentionDays: value }) =>
  value === false || isWithin(value, 1, longestRetention)
    ? []
    : [
        {
          key: "storage.retentionDays",
          value,
          rule: `Blobs are deleted 1 to ${longestRetention} days after the last write, or never (\`false\`).`,
          fix: "Write `storage: {retentionDays: 365}` with the days you want, or `false`.",
        },
      ],
);

const longestSoftDelete = 365;

const softDelete = ofAccount(({ softDeleteDays: value }) =>
  isWithin(value, 1, longestSoftDelete)
    ? []
    : [
        {
          key: "storage.softDeleteDays",
          value,
          rule: `What was deleted can be brought back for 1 to ${longestSoftDelete} days.`,
          fix: "Write `storage: {softDeleteDays: 7}` with the days you want.",
        },
      ],
);

const longestImmutability = 146_000;

const immutability = ofAccount(({ immutability: value, retentionDays, containers }) => {
  if (!value) return [];
  const key = "storage.immutability";
  const at = { key: `${key}.days`, value: value.days };
  return [
    ...(isWithin(value.days, 1, longestImmutability)
      ? []
      : [
          {
            ...at,
            rule: `A blob is kept from change for 1 to ${longestImmutability} days after the last write.`,
            fix: "Write `storage: {immutability: {days: 30}}` with the days you want, or `false`.",
          },
        ]),
    ...(retentionDays === false || value.days < retentionDays
      ? []
      : [
          {
            ...at,
            rule: `Immutability ends before the lifecycle rule deletes (\`retentionDays\` is ${retentionDays}): Azure could not delete what must not be changed.`,
            fix: `Write fewer than ${retentionDays} days, or more \`retentionDays\` than ${value.days}.`,
          },
        ]),
    ...((containers ?? true)
      ? []
      : [
          {
            key,
            value,
            rule: "Immutability is a policy of each container, so the containers must be made beforehand.",
            fix: "Take `containers: false` out, or write `storage: {immutability: false}`.",
          },
        ]),
  ];
});

/** Containers in resource-name-rules.md (MicrosoftDocs/azure-docs). */
const longestContainerName = 63;

const containerNames = ofAccount((_storage, { tables = [], unlistedTables = [] }) =>
  tables.flatMap((table): Mistake[] => {
    const name = containerNameOf(table);
    if (name.length <= longestContainerName) return [];
    return [
      {
        key: unlistedTables.includes(table) ? "tables.unlisted" : "tables",
        value: table,
        rule: `Its container would be called ${name}, and a container's name has at most ${longestContainerName} characters.`,
        fix: "Take it out, or stream it to Event Hubs in a stack of its own.",
      },
    ];
  }),
);

const networkRules = ofAccount(({ ipRules, virtualNetworkRules }, { consumers = [] }) => [
  ...tooManyRules(
    "storage.ipRules",
    [...ipRules, ...addressesOfReaders(consumers, "storage")],
    accountFirewall,
  ),
  ...ipRuleMistakes("storage.ipRules", ipRules, accountFirewall),
  ...tooManyRules("storage.virtualNetworkRules", virtualNetworkRules, accountFirewall),
  ...subnetRuleMistakes("storage.virtualNetworkRules", virtualNetworkRules, accountFirewall),
]);

const resourceAccessRules = ofAccount(({ resourceAccessRules: rules }) => [
  ...twice("storage.resourceAccessRules", rules),
  ...rules
    .map((value, index) => ({ key: `storage.resourceAccessRules[${index}]`, value }))
    .filter(({ value }) => !/^[^/]+\.[^/]/.test(parseId(value)?.type ?? ""))
    .map((at) => ({
      ...at,
      rule: "A resource-instance rule is the id of an Azure resource, whose managed identity then may come in.",
      fix: "Write /subscriptions/<id>/resourceGroups/<group>/providers/<provider>/<type>/<name>.",
    })),
]);

/** The firewall of an account that is there already is looked at instead. */
const consumersComeIn = ofAccount((storage, { consumers = [], existing, privateEndpoints }) => {
  if (existing?.accountId !== undefined) return [];
  const readers = consumers.filter(
    (consumer) => readsFrom(consumer, "storage") && (consumer.allowedIps ?? []).length === 0,
  );
  const ways =
    storage.ipRules.length + storage.virtualNetworkRules.length + storage.resourceAccessRules.length;
  if (readers.length === 0 || ways > 0 || storage.privateEndpoint || privateEndpoints) return [];
  return [
    {
      key: "storage",
      value: `${count(readers.length, "consumer")} and no way in`,
      rule: "The account's firewall denies everybody but trusted Microsoft services, so a role alone lets no consumer in.",
      fix: "Let consumers in: (1) by their addresses or subnets (`allowedIps` of the consumer, `ipRules`, `virtualNetworkRules`), (2) by a private endpoint (`privateEndpoints` makes one, `privateEndpoint: true` says that one is made elsewhere), or (3) as an Azure resource with a managed identity (`resourceAccessRules`). One that reads the hubs only gets `reads: [eventHub]`.",
    },
  ];
});

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

export const storageRules: readonly Rule[] = [
  accountsDefenderWritesTo,
  retention,
  noTiers,
  softDelete,
  immutability,
  containerNames,
  networkRules,
  resourceAccessRules,
  consumersComeIn,
];
