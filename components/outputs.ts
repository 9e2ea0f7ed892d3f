import * as pulumi from "@pulumi/pulumi";
import type { Plan } from "../streaming/planned.ts";
import { kafkaBootstrapServer } from "../streaming/consumers/provision.ts";
import type {
  ConsumerConnection,
  DeployedAccount,
  DeployedNamespace,
  ExportSetting,
} from "../streaming/outputs.ts";
import type { EventHubDestination } from "./eventHubs/eventHubDestination.ts";
import type { StorageDestination } from "./storage/storageDestination.ts";

/** The plan that was carried out, and for whom. */
interface Planned {
  plan: Plan;
  exportSettingPrefix?: pulumi.Input<string>;
}

export type DestinationComponent = EventHubDestination | StorageDestination;
export type Destinations = Readonly<Record<string, EventHubDestination>>;
export type Accounts = Readonly<Record<string, StorageDestination>>;

/** The destination of a planned thing; the plan names no other. */
export function at<Made>(destinations: Readonly<Record<string, Made>>, key: string): Made {
  const destination = destinations[key];
  if (!destination) throw new Error(`The plan needs ${key}, but the component was not given it.`);
  return destination;
}

/** The outputs that follow from a plan and its destinations. */
export function deployedOutputs(
  name: string,
  planned: Planned,
  destinations: Destinations,
  accounts: Accounts,
) {
  return {
    exportSettings: exportSettings(name, planned, { ...destinations, ...accounts }),
    namespaces: deployedNamespaces(planned, destinations),
    accounts: deployedAccounts(planned, accounts),
    consumers: consumerConnections(planned, destinations),
  };
}

function exportSettings(
  name: string,
  { plan, exportSettingPrefix = name }: Planned,
  destinations: Readonly<Record<string, DestinationComponent>>,
): pulumi.Output<ExportSetting[]> {
  return pulumi.all(
    plan.exportSettings.map((planned) => {
      const { key, destination, hubName, eventTypes } = planned;
      const target = at(
        destinations,
        planned.destination === "eventHub" ? planned.namespace : planned.account,
      );
      return pulumi
        .all([target.resourceId, exportSettingPrefix])
        .apply(([resourceId, prefix]): ExportSetting => ({
          key,
          name: `${prefix}-${key}`,
          destination,
          resourceId,
          hubName,
          eventTypes,
        }));
    }),
  );
}

function deployedNamespaces(
  { plan }: Planned,
  destinations: Destinations,
): pulumi.Output<DeployedNamespace[]> {
  return pulumi.all(
    plan.namespaces.map(({ key, tier, hubs, existing }) => {
      const destination = at(destinations, key);
      const adoptedHubs = hubs.filter((hub) => hub.adopted).map((hub) => hub.name);
      return pulumi.output({
        key,
        name: destination.namespaceName,
        resourceId: destination.resourceId,
        fullyQualifiedNamespace: destination.fullyQualifiedNamespace,
        tier,
        throughputUnits: destination.throughputUnits,
        maximumThroughputUnits: destination.maximumThroughputUnits,
        hubs: hubs.map((hub) => hub.name),
        existing: existing && { adoptedHubs },
      });
    }),
  );
}

function deployedAccounts({ plan }: Planned, accounts: Accounts): pulumi.Output<DeployedAccount[]> {
  return pulumi.all(
    plan.accounts.map(({ key, containers, existing }) => {
      const account = at(accounts, key);
      return pulumi.output({
        key,
        name: account.accountName,
        resourceId: account.resourceId,
        blobEndpoint: account.blobEndpoint,
        containers: containers.map((container) => container.name),
        existing: existing ? (true as const) : undefined,
      });
    }),
  );
}

function consumerConnections(
  { plan }: Planned,
  destinations: Destinations,
): pulumi.Output<ConsumerConnection[]> {
  return pulumi.all(
    plan.consumers.flatMap(({ name, provision: { consumerGroup } }) =>
      plan.namespaces.map(({ key, tier, hubs }) =>
        at(destinations, key).fullyQualifiedNamespace.apply(
          (fullyQualifiedNamespace): ConsumerConnection => ({
            name,
            fullyQualifiedNamespace,
            kafkaBootstrapServer: kafkaBootstrapServer(fullyQualifiedNamespace, tier),
            consumerGroup,
            hubs: Object.fromEntries(hubs.flatMap((hub) => hub.tables.map((table) => [table, hub.name]))),
          }),
        ),
      ),
    ),
  );
}
