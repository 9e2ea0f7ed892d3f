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

/** A rule for the account; without one it finds nothing. */
const ofAccount =
  (rule: (storage: StorageOptions, request: Draft) => Mistake[]): Rule =>
  (request) =>
    request.storage && streamsTo(request, "storage") ? rule(request.storage, request) : [];

const longestRetention = 99_999;

const retention = ofAccount(({ retentionDays: value }) => {
  if (value === false || isWithin(value, 1, longestRetention)) return [];
  const rule = `Blobs are deleted 1 to ${longestRetention} days after the last write, or never (\`false\`).`;
  const fix = "Write `storage: {retentionDays: 365}` with the days you want, or `false`.";
  return [{ key: "storage.retentionDays", value, rule, fix }];
});

const longestSoftDelete = 365;

const softDelete = ofAccount(({ softDeleteDays: value }) => {
  if (isWithin(value, 1, longestSoftDelete)) return [];
  const rule = `Deleted blobs and containers can be restored for 1 to ${longestSoftDelete} days.`;
  const fix = "Write `storage: {softDeleteDays: 7}` with the days you want.";
  return [{ key: "storage.softDeleteDays", value, rule, fix }];
});

const longestImmutability = 146_000;

const immutability = ofAccount(({ immutability: value, retentionDays, containers = true }) => {
  if (!value) return [];
  const key = "storage.immutability";
  const at = { key: `${key}.days`, value: value.days };
  const mistakes: Mistake[] = [];
  if (!isWithin(value.days, 1, longestImmutability)) {
    const rule = `A blob can be immutable for 1 to ${longestImmutability} days after the last write.`;
    const fix = "Write `storage: {immutability: {days: 30}}` with the days you want, or `false`.";
    mistakes.push({ ...at, rule, fix });
  }
  if (retentionDays !== false && value.days >= retentionDays) {
    const rule = `Immutability must end before the lifecycle rule deletes (\`retentionDays\` is ${retentionDays}). Azure cannot delete immutable blobs.`;
    const fix = `Write fewer than ${retentionDays} days, or set \`retentionDays\` to more than ${value.days}.`;
    mistakes.push({ ...at, rule, fix });
  }
  if (!containers) {
    const rule = "Immutability is a policy of each container, so the containers must be created in advance.";
    const fix = "Remove `containers: false`, or write `storage: {immutability: false}`.";
    mistakes.push({ key, value, rule, fix });
  }
  return mistakes;
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
        rule: `Its container would be named ${name}, but a container's name has at most ${longestContainerName} characters.`,
        fix: "Remove it, or stream it to Event Hubs in a separate stack.",
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
      rule: "A resource-instance rule is the id of an Azure resource. Its managed identity then gets access.",
      fix: "Write /subscriptions/<id>/resourceGroups/<group>/providers/<provider>/<type>/<name>.",
    })),
]);

/** For an existing account its current firewall is checked instead. */
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
      value: `${count(readers.length, "consumer")} without access`,
      rule: "The account's firewall blocks everyone except trusted Microsoft services. A role alone gives no access.",
      fix: "Allow the consumers: (1) by address or subnet (`allowedIps` of the consumer, `ipRules`, `virtualNetworkRules`), (2) by a private endpoint (`privateEndpoints` creates one; `privateEndpoint: true` if you create it yourself), or (3) as an Azure resource with a managed identity (`resourceAccessRules`). Write `reads: [eventHub]` for a consumer that only reads the hubs.",
    },
  ];
});

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

export const storageRules: readonly Rule[] = [
  retention,
  softDelete,
  immutability,
  containerNames,
  networkRules,
  resourceAccessRules,
  consumersComeIn,
];
