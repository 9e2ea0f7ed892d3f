import { armTypes, isIdOf } from "../cloud/resourceId.ts";
import { accountFirewall, ipRuleMistakes, subnetRuleMistakes } from "../cloud/firewall.ts";
import { readsFrom, streamsTo } from "../defender/destinations.ts";
import { consumerGroupNameRule, defaultConsumerGroup } from "../eventHubs/names.ts";
import { tiers } from "../eventHubs/tiers.ts";
import type { Draft } from "../request.ts";
import type { Rule } from "../rule.ts";
import type { Mistake } from "../wording/mistakes.ts";
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

/** A consumer of the hubs with the key it stands under. */
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
        rule: "It is about reading hubs, and this consumer reads none.",
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
      rule: `${title} signs in to Event Hubs ${known.map((way) => ways[way]).join(" or ")} only.`,
      fix: `Write \`auth: ${known[0]}\`, or leave it out.`,
    },
  ];
});

/** What keeps consumers with a key from namespaces that take none. */
export const withoutLocalAuth = eachReader(({ key, provision, consumer }) =>
  provision.auth === "sas"
    ? [
        {
          key: `${key}.auth`,
          value: consumer.auth ?? provision.auth,
          rule: "Local authentication is off on the namespace, so it takes no connection string.",
          fix: "Turn local authentication on there (`az eventhubs namespace update --disable-local-auth false`), or write `auth: entra` with a client that can.",
        },
      ]
    : [],
);

const keysAreThere = eachReader(({ key, provision, consumer }) =>
  provision.auth === "sas"
    ? []
    : (["sasScope", "deliverKeyTo", "revealKey"] as const)
        .filter((name) => consumer[name] !== undefined && consumer[name] !== false)
        .map((name) => ({
          key: `${key}.${name}`,
          value: consumer[name],
          rule: "It is about the key of a consumer with `auth: sas`; with Entra ID there is none.",
          fix: "Remove it, or write `auth: sas`.",
        })),
);

const kafkaEndpoint = eachReader(({ key, consumer: { kind } }, { tier }) =>
  kind && consumerKinds[kind].kafka && tier && !tiers[tier].kafka
    ? [
        {
          key: `${key}.kind`,
          value: kind,
          rule: `On ${tier} a namespace has no Kafka endpoint.`,
          fix: "Choose tier Standard, or another kind.",
        },
      ]
    : [],
);

const checkpointsOfKind = eachReader(({ key, consumer: { kind, checkpointStore } }) =>
  kind &&
  consumerKinds[kind].checkpoint === "none" &&
  checkpointStore !== undefined &&
  checkpointStore !== false
    ? [
        {
          key: `${key}.checkpointStore`,
          value: checkpointStore,
          rule: `${consumerKinds[kind].title} does not keep its positions in a storage account.`,
          fix: "Remove it.",
        },
      ]
    : [],
);

const shortNames: Rule = (request) => {
  const readers = readersOf(request).filter(({ consumer }) => hasNeeds(consumer));
  return readers.flatMap(({ key, consumer: { name } }, index) => {
    const at = { key: `${key}.name`, value: name };
    const short = shortName(name);
    if (short === "") {
      const rule =
        "What is made for a consumer is called after it, which takes a letter from a to z or a digit.";
      return [{ ...at, rule, fix: "Write a name with some." }];
    }
    const first = readers.findIndex(({ consumer }) => shortName(consumer.name) === short);
    // Names that are equal are another rule's.
    if (first === index || readers[first]?.consumer.name.toLowerCase() === name.toLowerCase()) return [];
    const rule = `What is made for a consumer is called after it, and for two of them that would be \`${short}\`.`;
    return [{ ...at, rule, fix: "Rename one of the two." }];
  });
};

const groupNames = eachReader(({ key, consumer: { consumerGroup: value } }) =>
  value === undefined || value === defaultConsumerGroup || consumerGroupNameRule.pattern.test(value)
    ? []
    : [
        {
          key: `${key}.consumerGroup`,
          value,
          rule: consumerGroupNameRule.rule,
          fix: "Write such a name, e.g. `consumerGroup: splunk`.",
        },
      ],
);

const groupsOnTier: Rule = (request) => {
  const { tier, consumers = [], consumerGroups = [] } = request;
  if (tier === undefined || !streamsTo(request, "eventHub")) return [];
  const own = tiers[tier].consumerGroups - 1;
  const all = consumerGroupsOf(consumers, consumerGroups);
  // Too many of `consumerGroups` alone is another rule's.
  if (all.length <= own || consumerGroups.length > own) return [];
  const added = readersOf(request).filter(
    ({ provision }) => provision.groupOnHubs && all.slice(own).includes(provision.consumerGroup),
  );
  return added.map(({ key, consumer, provision }) => ({
    key: consumer.consumerGroup === undefined ? `${key}.kind` : `${key}.consumerGroup`,
    value: consumer.consumerGroup ?? consumer.kind,
    rule:
      own === 0
        ? `It reads through a group \`${provision.consumerGroup}\`, and on ${tier} a hub has ${defaultConsumerGroup} and no other.`
        : `On ${tier} a hub has at most ${count(own, "consumer group")} beside ${defaultConsumerGroup}; \`consumerGroups\` and the consumers together want ${all.length}.`,
    fix: `Write \`consumerGroup: ${defaultConsumerGroup}\`, or choose ${own === 0 ? "tier Standard" : "a tier with more"}.`,
  }));
};

/** Two clients in one group take each other's events, unless they are one and the same and share the work. */
const groupsApart: Rule = (request) => {
  const readers = readersOf(request).filter(({ consumer }) => hasNeeds(consumer));
  return readers.flatMap(({ key, consumer, provision }, index) => {
    const others = readers.slice(0, index).filter((other) => isSameGroup(other.provision, provision));
    if (others.length === 0 || consumer.consumerGroup !== undefined) return [];
    return [
      {
        key: consumer.kind === undefined ? key : `${key}.kind`,
        value: consumer.kind ?? consumer.name,
        rule: `It would read through \`${provision.consumerGroup}\`, as ${listed(others.map((other) => other.consumer.name))} does: each would miss what the other one gets.`,
        fix: "Write `consumerGroup` with a name of its own; or with that name, if the two are one client and share the work.",
      },
    ];
  });
};

const isSameGroup = (one: Provision, other: Provision) =>
  one.groupOnHubs === other.groupOnHubs &&
  one.consumerGroup.toLowerCase() === other.consumerGroup.toLowerCase();

/** Of a namespace and of each hub (event-hubs-quotas.md, MicrosoftDocs/azure-docs). */
const mostSharedAccessRules = 12;

const sharedAccessRules: Rule = (request) => {
  const listening = (scope: "hub" | "namespace") =>
    readersOf(request).filter(({ provision }) => provision.listens === scope);
  const tooMany = (readers: readonly Reader[], room: number, where: string, fix: string): Mistake[] =>
    readers.slice(room).map(({ key, provision }) => ({
      key: `${key}.auth`,
      value: "sas",
      rule: `It would have a rule \`${listenRuleOf(provision)}\`, and ${where} at most ${count(room, "consumer")} with a rule of their own.`,
      fix,
    }));
  const onHub = mostSharedAccessRules - (request.hubPolicy ? 1 : 0);
  return [
    ...tooMany(
      listening("namespace"),
      // RootManageSharedAccessKey is one of them.
      mostSharedAccessRules - 1,
      "a namespace has",
      "Let some read with `sasScope: hub`, or with `auth: entra`.",
    ),
    ...tooMany(
      listening("hub"),
      onHub,
      "a hub has",
      "Let some read with `sasScope: namespace`, or with `auth: entra`.",
    ),
  ];
};

const vaults = eachReader(({ key, consumer: { deliverKeyTo: value } }) =>
  value === undefined || isIdOf(armTypes.keyVault, value)
    ? []
    : [
        {
          key: `${key}.deliverKeyTo`,
          value,
          rule: "It is the id of a key vault.",
          fix: "Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>.",
        },
      ],
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
