import { armTypes, isIdOf } from "../cloud/resourceId.ts";
import { accountFirewall, ipRuleMistakes, subnetRuleMistakes } from "../cloud/firewall.ts";
import { readsFrom, streamsTo } from "../defender/destinations.ts";
import { consumerGroupNameRule, defaultConsumerGroup } from "../eventHubs/names.ts";
import { sharedAccessRulesAllowed, tiers } from "../eventHubs/tiers.ts";
import type { Draft } from "../request.ts";
import type { Rule } from "../rule.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import { count, listed } from "../wording/words.ts";
import type { NamedConsumer } from "./consumer.ts";
import { consumerKinds } from "./kinds.ts";
import {
  provisionOf,
  consumerGroupsOf,
  hasNeeds,
  listenRuleOf,
  shortName,
  type Provision,
} from "./provision.ts";

/** A consumer of the hubs, with its key in the settings. */
interface Reader {
  readonly key: string;
  readonly consumer: NamedConsumer;
  readonly provision: Provision;
}

function readersOf({ consumers = [], consumerGroups = [], ...request }: Draft): Reader[] {
  if (!streamsTo(request, "eventHub")) return [];
  return consumers
    .map((consumer, index) => ({ key: `consumers[${index}]`, consumer }))
    .filter(({ consumer }) => readsFrom(consumer, "eventHub"))
    .map((one) => ({ ...one, provision: provisionOf(one.consumer, consumerGroups) }));
}

const eachReader =
  (rule: (reader: Reader, request: Draft) => Mistake[]): Rule =>
  (request) =>
    readersOf(request).flatMap((reader) => rule(reader, request));

const forHubs = [
  "kind",
  "auth",
  "sasScope",
  "consumerGroup",
  "checkpointStore",
  "deliverKeyTo",
  "revealKey",
] as const;

const needsOfHubs: Rule = (request) =>
  (request.consumers ?? []).flatMap((consumer, index) => {
    if (streamsTo(request, "eventHub") && readsFrom(consumer, "eventHub")) return [];
    return forHubs
      .filter((key) => consumer[key] !== undefined)
      .map((key) => ({
        key: `consumers[${index}].${key}`,
        value: consumer[key],
        rule: "It is only for consumers that read hubs, and this one reads none.",
        fix: "Remove it, or let the consumer read `eventHub`.",
      }));
  });

const authOfKind = eachReader(({ key, consumer: { kind, auth } }) => {
  if (kind === undefined || auth === undefined) return [];
  const { title, auth: known } = consumerKinds[kind];
  if (known.includes(auth)) return [];
  const ways = { entra: "with Entra ID", sas: "with a connection string" };
  return [
    {
      key: `${key}.auth`,
      value: auth,
      rule: `${title} signs in to Event Hubs only ${known.map((way) => ways[way]).join(" or ")}.`,
      fix: `Write \`auth: ${known[0]}\`, or remove it.`,
    },
  ];
});

/** Consumers with a key cannot read from a namespace without local authentication. */
export const withoutLocalAuth = eachReader(({ key, provision, consumer }) =>
  mistakes(
    provision.auth === "sas" && {
      key: `${key}.auth`,
      value: consumer.auth ?? provision.auth,
      rule: "The namespace has local authentication turned off, so it accepts no connection string.",
      fix: "Turn local authentication on there (`az eventhubs namespace update --disable-local-auth false`), or write `auth: entra` if the client supports it.",
    },
  ),
);

const keysAreThere = eachReader(({ key, provision, consumer }) =>
  provision.auth === "sas"
    ? []
    : (["sasScope", "deliverKeyTo", "revealKey"] as const)
        .filter((name) => consumer[name] !== undefined && consumer[name] !== false)
        .map((name) => ({
          key: `${key}.${name}`,
          value: consumer[name],
          rule: "It is only for consumers with `auth: sas`. With Entra ID there is no key.",
          fix: "Remove it, or write `auth: sas`.",
        })),
);

const kafkaEndpoint = eachReader(({ key, consumer: { kind: value } }, { tier }) => {
  if (!value || !consumerKinds[value].kafka || !tier || tiers[tier].kafka) return [];
  const rule = `On ${tier} a namespace has no Kafka endpoint.`;
  return [{ key: `${key}.kind`, value, rule, fix: "Choose tier Standard, or another kind." }];
});

const checkpointsOfKind = eachReader(({ key, consumer: { kind, checkpointStore: value } }) => {
  if (!kind || consumerKinds[kind].checkpoint !== "none" || value === undefined || value === false) return [];
  const rule = `${consumerKinds[kind].title} does not store checkpoints in a storage account.`;
  return [{ key: `${key}.checkpointStore`, value, rule, fix: "Remove it." }];
});

const shortNames: Rule = (request) => {
  const readers = readersOf(request).filter(({ consumer }) => hasNeeds(consumer));
  return readers.flatMap(({ key, consumer: { name } }, index) => {
    const at = { key: `${key}.name`, value: name };
    const short = shortName(name);
    if (short === "") {
      const rule =
        "The names of a consumer's resources come from its name, which needs a letter from a to z or a digit.";
      return [{ ...at, rule, fix: "Write a name with such a letter or digit." }];
    }
    const first = readers.findIndex(({ consumer }) => shortName(consumer.name) === short);
    // Another rule reports equal names.
    if (first === index || readers[first]?.consumer.name.toLowerCase() === name.toLowerCase()) return [];
    const rule = `The names of a consumer's resources come from its name, and two consumers would have \`${short}\` in them.`;
    return [{ ...at, rule, fix: "Rename one of the two." }];
  });
};

const groupNames = eachReader(({ key, consumer: { consumerGroup: value } }) =>
  mistakes(
    value !== undefined &&
      value !== defaultConsumerGroup &&
      !consumerGroupNameRule.pattern.test(value) && {
        key: `${key}.consumerGroup`,
        value,
        rule: consumerGroupNameRule.rule,
        fix: "Write such a name, for example `consumerGroup: splunk`.",
      },
  ),
);

const groupsOnTier: Rule = (request) => {
  const { tier, consumers = [], consumerGroups = [] } = request;
  if (tier === undefined || !streamsTo(request, "eventHub")) return [];
  const own = tiers[tier].consumerGroups - 1;
  const all = consumerGroupsOf(consumers, consumerGroups);
  // Another rule reports too many of `consumerGroups` alone.
  if (all.length <= own || consumerGroups.length > own) return [];
  const added = readersOf(request).filter(
    ({ provision }) => provision.groupOnHubs && all.slice(own).includes(provision.consumerGroup),
  );
  return added.map(({ key, consumer, provision }) => ({
    key: consumer.consumerGroup === undefined ? `${key}.kind` : `${key}.consumerGroup`,
    value: consumer.consumerGroup ?? consumer.kind,
    rule:
      own === 0
        ? `It reads through the group \`${provision.consumerGroup}\`, but on ${tier} a hub has only ${defaultConsumerGroup}.`
        : `On ${tier} a hub has at most ${count(own, "consumer group")} besides ${defaultConsumerGroup}; \`consumerGroups\` and the consumers together need ${all.length}.`,
    fix: `Write \`consumerGroup: ${defaultConsumerGroup}\`, or choose ${own === 0 ? "tier Standard" : "a tier with more"}.`,
  }));
};

/** Two clients in one group take each other's events. Two instances of the same client share the work. */
const groupsApart: Rule = (request) => {
  const readers = readersOf(request).filter(({ consumer }) => hasNeeds(consumer));
  return readers.flatMap(({ key, consumer, provision }, index) => {
    const others = readers.slice(0, index).filter((other) => isSameGroup(other.provision, provision));
    if (others.length === 0 || consumer.consumerGroup !== undefined) return [];
    return [
      {
        key: consumer.kind === undefined ? key : `${key}.kind`,
        value: consumer.kind ?? consumer.name,
        rule: `It would read through \`${provision.consumerGroup}\`, as ${listed(others.map((other) => other.consumer.name))} does. Each would miss the events that the other one gets.`,
        fix: `Write \`consumerGroup\` with another name. If both are the same client, write \`consumerGroup: ${provision.consumerGroup}\` for each.`,
      },
    ];
  });
};

const isSameGroup = (one: Provision, other: Provision) =>
  one.groupOnHubs === other.groupOnHubs &&
  one.consumerGroup.toLowerCase() === other.consumerGroup.toLowerCase();

const sharedAccessRules: Rule = (request) => {
  const listening = (scope: "hub" | "namespace") =>
    readersOf(request).filter(({ provision }) => provision.listens === scope);
  const tooMany = (readers: readonly Reader[], room: number, where: string, fix: string): Mistake[] =>
    readers.slice(room).map(({ key, provision }) => ({
      key: `${key}.auth`,
      value: "sas",
      rule: `It needs a rule \`${listenRuleOf(provision)}\`, but ${where} rules for at most ${count(room, "consumer")}.`,
      fix,
    }));
  const onHub = sharedAccessRulesAllowed.hub - (request.hubPolicy ? 1 : 0);
  return [
    ...tooMany(
      listening("namespace"),
      sharedAccessRulesAllowed.namespace,
      "a namespace has",
      "Use `sasScope: hub` or `auth: entra` for some of them.",
    ),
    ...tooMany(
      listening("hub"),
      onHub,
      "a hub has",
      "Use `sasScope: namespace` or `auth: entra` for some of them.",
    ),
  ];
};

const vaults = eachReader(({ key, consumer: { deliverKeyTo: value } }) =>
  mistakes(
    value !== undefined &&
      !isIdOf(armTypes.keyVault, value) && {
        key: `${key}.deliverKeyTo`,
        value,
        rule: "It must be the id of a key vault.",
        fix: "Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>.",
      },
  ),
);

const addresses: Rule = ({ consumers = [] }) =>
  consumers.flatMap(({ allowedIps = [], checkpointStore }, index) => {
    const subnets = typeof checkpointStore === "object" ? (checkpointStore.virtualNetworkRules ?? []) : [];
    return [
      ...ipRuleMistakes(`consumers[${index}].allowedIps`, allowedIps, accountFirewall),
      ...subnetRuleMistakes(
        `consumers[${index}].checkpointStore.virtualNetworkRules`,
        subnets,
        accountFirewall,
      ),
    ];
  });

export const consumerRules: readonly Rule[] = [
  needsOfHubs,
  authOfKind,
  keysAreThere,
  kafkaEndpoint,
  checkpointsOfKind,
  shortNames,
  groupNames,
  groupsOnTier,
  groupsApart,
  sharedAccessRules,
  vaults,
  addresses,
];
