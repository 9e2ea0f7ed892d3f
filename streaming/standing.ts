import { parseId } from "./cloud/resourceId.ts";
import { shortName } from "./consumers/provision.ts";
import type { LiveAccess } from "./eventHubs/liveNamespace.ts";
import { hubNameOf, shortHubName, tableNamed } from "./defender/tables.ts";
import { accountBaseName, checkpointStoreName } from "./naming/accountBaseName.ts";
import { namespaceKey } from "./placement/placement.ts";
import type { DeployedOutputs } from "./readOutputs.ts";
import { accountKey } from "./storage/account.ts";

/** A resource in the state of the stack. */
export interface InState {
  /** The types of its parents and its own: `…$azure-native:eventhub:EventHub`. */
  readonly types: string;
  /** Its name in the program. */
  readonly logicalName: string;
  /** Its name in Azure. */
  readonly name?: string | undefined;
  /** The ARM id of a destination. */
  readonly resourceId?: string | undefined;
}

/** Where to look for a namespace or an account. */
export interface Spot {
  readonly resourceGroupName: string;
  readonly name: string;
}

interface StandingNamespace extends Spot {
  /** Its key in the plan. */
  readonly key: string;
  /** The names of the stack's hubs. */
  readonly hubs: readonly string[];
  /** Only for an existing namespace: the hubs in it that existed. */
  readonly existing: { readonly adoptedHubs: readonly string[] } | undefined;
  readonly access: LiveAccess;
}

/** What a stack should find in Azure. */
export interface Standing {
  readonly namespaces: readonly StandingNamespace[];
  /** Undefined: the stack has not created one. */
  readonly account: Spot | undefined;
  /** The tables that it holds. */
  readonly archivedTables: readonly string[];
  /** The checkpoint stores by their names in the program. */
  readonly checkpointStores: readonly string[];
  /** The name of the resource group that the stack created; "" if it has none. Undefined: the state does not have the component. */
  readonly ownGroup: string | undefined;
}

/**
 * What a stack should find in Azure. Its outputs are those of the last deployment that created everything. What a later one created,
 * replaced or deleted before it failed is in the state only, so the state has priority.
 *
 * @param component the name of the `DefenderStreaming` in the program
 */
export function standing(outputs: DeployedOutputs, state: readonly InState[], component: string): Standing {
  const there = new StateOf(component, state);
  const account = outputs.accounts.find(({ existing }) => existing === undefined);
  const accountName = there.named("StorageAccount", accountBaseName(`${component}-${accountKey}`));
  const archive = outputs.exportSettings.find(({ resourceId }) => resourceId === account?.resourceId);
  const containers = accountName === undefined ? [] : there.startingWith("BlobContainer", `${accountKey}-`);
  const tables = Object.keys(outputs.placement);
  const archived = [
    ...(archive?.eventTypes ?? []),
    ...containers.flatMap((container) => tableOf(container, tables) ?? []),
  ];
  const stores = outputs.consumerConfiguration.filter(({ checkpointStore }) => checkpointStore);
  return {
    namespaces: namespacesOf(outputs, there),
    account: there.spot(accountName ?? account?.name, account?.resourceId),
    archivedTables: [...new Set(archived)],
    checkpointStores: [
      ...stores.map(({ name }) => checkpointStoreName(component, shortName(name))),
      ...there.checkpointStores,
    ],
    ownGroup: there.ownGroup,
  };
}

function namespacesOf(outputs: DeployedOutputs, there: StateOf): StandingNamespace[] {
  const keys = [...outputs.namespaces.map(({ key }) => key), ...there.keys].filter((key) =>
    namespaceKey.test(key),
  );
  return [...new Set(keys)].flatMap((key) => {
    const told = outputs.namespaces.find((one) => one.key === key);
    const resourceId = there.destination(key) ?? told?.resourceId;
    const own = there.named("Namespace", `${there.component}-${key}`);
    const spot = there.spot(own ?? parseId(resourceId ?? "")?.name, resourceId);
    const hubs = there.startingWith("EventHub", `${key}-`);
    const isInState = own !== undefined || hubs.length > 0;
    const existing = told || own !== undefined ? told?.existing : { adoptedHubs: [] };
    const access = there.access(key);
    return spot ? [{ ...spot, key, hubs: isInState ? hubs : (told?.hubs ?? []), existing, access }] : [];
  });
}

const parents = {
  Namespace: "EventHubDestination$azure-native:eventhub",
  EventHub: "EventHubDestination$azure-native:eventhub",
  StorageAccount: "StorageDestination$azure-native:storage",
  BlobContainer: "StorageDestination$azure-native:storage",
} as const;

/** The resources of one component in a state. */
class StateOf {
  readonly component: string;
  readonly #state: readonly InState[];

  constructor(component: string, state: readonly InState[]) {
    this.component = component;
    this.#state = state;
  }

  /** The keys of the destinations that are namespaces. */
  get keys(): string[] {
    return this.#all("defender-streaming:index:EventHubDestination")
      .filter(({ logicalName }) => logicalName.startsWith(`${this.component}-`))
      .map(({ logicalName }) => logicalName.slice(this.component.length + 1));
  }

  get ownGroup(): string | undefined {
    const isThere = this.#all("defender-streaming:index:DefenderStreaming").some(
      ({ logicalName }) => logicalName === this.component,
    );
    const groups = this.#all("DefenderStreaming$azure-native:resources:ResourceGroup");
    return isThere
      ? (groups.find(({ logicalName }) => logicalName === this.component)?.name ?? "")
      : undefined;
  }

  get checkpointStores(): string[] {
    const stores = this.#all("CheckpointStore$azure-native:storage:StorageAccount");
    return stores.map(({ logicalName }) => logicalName);
  }

  /** The ARM id that the destination of a key leads to. */
  destination(key: string): string | undefined {
    const destinations = this.#all("defender-streaming:index:EventHubDestination");
    return destinations.find(({ logicalName }) => logicalName === `${this.component}-${key}`)?.resourceId;
  }

  /** The name in Azure of the resource with this name in the program. */
  named(type: keyof typeof parents, logicalName: string): string | undefined {
    return this.#all(`${parents[type]}:${type}`).find((one) => one.logicalName === logicalName)?.name;
  }

  /** The names in Azure of the resources whose names in the program start like this. */
  startingWith(type: keyof typeof parents, start: string): string[] {
    const all = this.#all(`${parents[type]}:${type}`);
    return all
      .filter(({ logicalName }) => logicalName.startsWith(`${this.component}-${start}`))
      .flatMap(({ name }) => name ?? []);
  }

  /** What readers have in the namespace of a key. */
  access(key: string): LiveAccess {
    const names = (type: string) => {
      const all = this.#all(`azure-native:eventhub:${type}`).filter(({ logicalName }) =>
        `${logicalName}-`.includes(`-${key}-`),
      );
      const own = all.filter(({ logicalName }) => logicalName.startsWith(`${this.component}-`));
      return [...new Set(own.flatMap(({ name }) => name ?? []))];
    };
    return {
      consumerGroups: names("ConsumerGroup"),
      hubRules: names("EventHubAuthorizationRule"),
      namespaceRules: names("NamespaceAuthorizationRule"),
    };
  }

  /** Where it is: in the group of its id, or in the stack's. */
  spot(name: string | undefined, resourceId: string | undefined): Spot | undefined {
    const resourceGroupName = parseId(resourceId ?? "")?.resourceGroupName ?? this.ownGroup;
    return name === undefined || !resourceGroupName ? undefined : { name, resourceGroupName };
  }

  #all(types: string): InState[] {
    return this.#state.filter((one) => one.types.endsWith(types));
  }
}

/** The table of a hub or container: one of those that are named, or one that this project knows. */
export function tableOf(hubOrContainer: string, tables: readonly string[]): string | undefined {
  const name = hubOrContainer.toLowerCase();
  const known = name.startsWith(hubNameOf("")) ? tableNamed(shortHubName(name))?.name : undefined;
  return tables.find((table) => hubNameOf(table) === name) ?? known;
}
