import { armTypes, parseId } from "../cloud/resourceId.ts";
import type { NameRule } from "../eventHubs/names.ts";
import type { Plan } from "../planned.ts";
import { accountBaseName, checkpointStoreName } from "./accountBaseName.ts";
import { literally, type Naming, type NamingStack, namingOf } from "./autonaming.ts";

/** A type of resource with a host name, so that its name must be unique in all of Azure. */
interface HostFacts {
  /** With its article. */
  readonly what: string;
  readonly armType: string;
  readonly nameRule: NameRule;
  /** A pattern for `pulumi:autonaming` that gives unique names. */
  readonly freePattern: string;
}

/** By the type of the resource in the program. */
export const hostKinds = {
  "azure-native:eventhub:Namespace": {
    what: "an Event Hubs namespace",
    armType: armTypes.namespace,
    // Microsoft.EventHub/namespaces in resource-name-rules.md (MicrosoftDocs/azure-docs).
    nameRule: {
      pattern: /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i,
      rule: "A namespace's name has 6 to 50 letters, digits and hyphens, starts with a letter and ends with a letter or digit.",
    },
    freePattern: "${name}-${hex(8)}",
  },
  "azure-native:storage:StorageAccount": {
    what: "a storage account",
    armType: armTypes.storageAccount,
    // Microsoft.Storage/storageAccounts, likewise.
    nameRule: {
      pattern: /^[a-z0-9]{3,24}$/,
      rule: "A storage account's name has 3 to 24 lower-case letters and digits.",
    },
    freePattern: "${name}${hex(8)}",
  },
} as const satisfies Readonly<Record<string, HostFacts>>;

export type HostType = keyof typeof hostKinds;

/** A resource with a host name that the stack creates. */
export interface Host {
  readonly type: HostType;
  /** Its name in the program. */
  readonly logicalName: string;
  /** What it is, in words. Example: `the namespace ns1`. */
  readonly what: string;
  readonly naming: Naming;
}

/** What the last deployment created: these names are settled. */
export interface SettledHosts {
  /** By the key of the plan. */
  readonly deployed: Readonly<Record<string, { readonly existing: boolean }>>;
  /** The ARM ids of namespaces and accounts that the stack created. */
  readonly own: readonly string[];
  /** By their names in the program. */
  readonly checkpointStores: readonly string[];
}

/** Nothing is created yet. */
export const noneSettled: SettledHosts = { deployed: {}, own: [], checkpointStores: [] };

/** The namespaces and accounts that a deployment creates, and their names. @param component its name in the program */
export function hostsOf(
  component: string,
  plan: Pick<Plan, "namespaces" | "accounts" | "consumers">,
  stack: NamingStack,
  { deployed, own, checkpointStores }: SettledHosts,
): Host[] {
  const host = (type: HostType, logicalName: string, what: string): Host => ({
    type,
    logicalName,
    what,
    naming: namingOf({ type, logicalName }, stack),
  });
  const hasAccount = own.some((id) => /\/storageAccounts\//i.test(id));
  return [
    ...plan.namespaces
      .filter(({ key, existing }) => !existing && deployed[key]?.existing !== false)
      .map(({ key }) =>
        host("azure-native:eventhub:Namespace", `${component}-${key}`, `the namespace ${key}`),
      ),
    ...plan.accounts
      .filter(({ existing }) => !existing && !hasAccount)
      .map(({ key }) =>
        host(
          "azure-native:storage:StorageAccount",
          accountBaseName(`${component}-${key}`),
          `the account ${key}`,
        ),
      ),
    ...plan.consumers
      .filter(({ provision }) => provision.checkpoint !== false)
      .map(({ name, provision }) =>
        host(
          "azure-native:storage:StorageAccount",
          checkpointStoreName(component, provision.key),
          `the checkpoint store of ${name}`,
        ),
      )
      .filter(({ logicalName }) => !checkpointStores.includes(logicalName)),
  ];
}

/** The names that the stack's resource group may have: the one it would get today, and those of its current groups. */
export function groupForm(
  component: string,
  { resourceGroup }: Pick<Plan, "resourceGroup">,
  stack: NamingStack,
  { own }: Pick<SettledHosts, "own">,
): RegExp {
  const naming = namingOf({ type: "azure-native:resources:ResourceGroup", logicalName: component }, stack);
  const form = resourceGroup ? exactly(resourceGroup.name) : naming.form.source;
  return new RegExp([form, ...own.map((id) => exactly(parseId(id)?.resourceGroupName ?? ""))].join("|"), "i");
}

const exactly = (name: string) => `^${literally(name)}$`;
