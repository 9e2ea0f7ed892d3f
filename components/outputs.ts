import * as pulumi from "@pulumi/pulumi";
import { kafkaBootstrapServer, provisionOf } from "../streaming/consumers/provision.ts";
import { readsFrom } from "../streaming/defender/destinations.ts";
import type { Tier } from "../streaming/eventHubs/tiers.ts";
import type { DefenderStreamingArgs } from "./defenderStreaming.ts";
import type { EventHubDestination } from "./eventHubs/eventHubDestination.ts";
import type { StorageDestination } from "./storage/storageDestination.ts";

/** What a person enters on the Streaming API page of the Defender portal, once for each. */
export interface ExportSetting {
  name: string;
  destination: "eventHub" | "storage";
  /** The ARM id of the namespace or the account. */
  resourceId: string;
  /** "": leave it blank in the portal. */
  hubName: string;
  /** Names of the tables to tick. */
  eventTypes: string[];
}

/** A namespace as it is after the deployment. */
export interface DeployedNamespace {
  name: string;
  resourceId: string;
  fullyQualifiedNamespace: string;
  tier: Tier;
  /** What it has now, which auto-inflate may have raised. */
  throughputUnits: number;
  /** 0: auto-inflate is off. */
  maximumThroughputUnits: number;
  hubs: string[];
  /** Only where it was there before the stack: which of the hubs were, too. */
  existing?: { adoptedHubs: string[] };
}

/** A storage account as it is after the deployment. */
export interface DeployedAccount {
  name: string;
  resourceId: string;
  /** Such as `https://name.blob.core.windows.net/`. */
  blobEndpoint: string;
  /** One for each table, whether made beforehand or by Defender with the first events. */
  containers: string[];
  /** Only where it was there before the stack. */
  existing?: true;
}

/** What an application that reads the hubs needs to connect; one for each consumer and namespace, and never a key. */
export interface ConsumerConnection {
  name: string;
  fullyQualifiedNamespace: string;
  /** `<host>:9093`; "" where the tier has no Kafka endpoint. */
  kafkaBootstrapServer: string;
  consumerGroup: string;
  /** Table → hub. */
  hubs: Record<string, string>;
}

export type Destination = EventHubDestination | StorageDestination;
export type Destinations = Readonly<Record<string, EventHubDestination>>;
export type Accounts = Readonly<Record<string, StorageDestination>>;

/** The destination of a planned thing; the plan names no other. */
export function at<Made>(destinations: Readonly<Record<string, Made>>, key: string): Made {
  const destination = destinations[key];
  if (!destination) throw new Error(`The plan names ${key} and does not hold it.`);
  return destination;
}

export function exportSettings(
  name: string,
  { plan, exportSettingPrefix = name }: DefenderStreamingArgs,
  destinations: Destinations,
  accounts: Accounts,
): pulumi.Output<ExportSetting[]> {
  return pulumi.all(
    plan.exportSettings.map((planned) => {
      const { key, destination, hubName, eventTypes } = planned;
      const target =
        planned.destination === "eventHub"
          ? at(destinations, planned.namespace)
          : at(accounts, planned.account);
      return pulumi
        .all([target.resourceId, exportSettingPrefix])
        .apply(([resourceId, prefix]): ExportSetting => {
          return {
            name: `${prefix}-${key}`,
            destination,
            resourceId,
            hubName,
            eventTypes: [...eventTypes],
          };
        });
    }),
  );
}

export function deployedNamespaces(
  { plan }: DefenderStreamingArgs,
  destinations: Destinations,
): pulumi.Output<DeployedNamespace[]> {
  return pulumi.all(
    plan.namespaces.map(({ key, tier, hubs, existing }) => {
      const destination = at(destinations, key);
      const adoptedHubs = hubs.filter((hub) => hub.adopted).map((hub) => hub.name);
      return pulumi.output({
        name: destination.namespaceName,
        resourceId: destination.resourceId,
        fullyQualifiedNamespace: destination.fullyQualifiedNamespace,
        tier,
        throughputUnits: destination.throughputUnits,
        maximumThroughputUnits: destination.maximumThroughputUnits,
        hubs: hubs.map((hub) => hub.name),
        ...(existing ? { existing: { adoptedHubs } } : {}),
      });
    }),
  );
}

export function deployedAccounts(
  { plan }: DefenderStreamingArgs,
  accounts: Accounts,
): pulumi.Output<DeployedAccount[]> {
  return pulumi.all(
    plan.accounts.map(({ key, containers, existing }) => {
      const account = at(accounts, key);
      return pulumi.output({
        name: account.accountName,
        resourceId: account.resourceId,
        blobEndpoint: account.blobEndpoint,
        containers: containers.map((container) => container.name),
        ...(existing ? { existing: true as const } : {}),
      });
    }),
  );
}

export function consumerConnections(
  { plan, consumers = [] }: DefenderStreamingArgs,
  destinations: Destinations,
): pulumi.Output<ConsumerConnection[]> {
  return pulumi.all(
    consumers
      .filter((consumer) => readsFrom(consumer, "eventHub"))
      .flatMap((consumer) =>
        plan.namespaces.map(({ key, tier, hubs }) =>
          at(destinations, key).fullyQualifiedNamespace.apply(
            (fullyQualifiedNamespace): ConsumerConnection => {
              return {
                name: consumer.name,
                fullyQualifiedNamespace,
                kafkaBootstrapServer: kafkaBootstrapServer(fullyQualifiedNamespace, tier),
                consumerGroup: provisionOf(consumer, plan.consumerGroups).consumerGroup,
                hubs: Object.fromEntries(hubs.flatMap((hub) => hub.tables.map((table) => [table, hub.name]))),
              };
            },
          ),
        ),
      ),
  );
}
