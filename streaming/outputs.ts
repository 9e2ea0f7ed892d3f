import type { Auth } from "./consumers/kinds/kind.ts";
import type { Destination } from "./defender/destinations.ts";
import type { Tier } from "./eventHubs/tiers.ts";
import type { PimAccess } from "./people/access.ts";
import type { PrincipalType } from "./people/principals.ts";
import type { Placement } from "./placement/placement.ts";

/** The outputs of a stack: for people, for tools, and for the next deployment. `readOutputs` reads those of every version. */
export interface Outputs {
  /** What to enter in the Defender portal, one entry for each export setting. */
  readonly exportSettings: ExportSetting[];
  /** The page of the Defender portal where you enter them, and the labels on it. */
  readonly portal: Portal;
  /** The Event Hubs namespaces. `[]` without the destination `eventHub`. */
  readonly namespaces: DeployedNamespace[];
  /** The storage account. `[]` without the destination `storage`. */
  readonly accounts: DeployedAccount[];
  /** What an application needs to connect to the hubs, one entry for each consumer and namespace. No keys. */
  readonly consumers: ConsumerConnection[];
  /** One entry for each consumer of the hubs with a kind, a connection string or a checkpoint store. No keys. */
  readonly consumerConfiguration: ConsumerConfiguration[];
  /** Consumer → hub or namespace → connection string, for consumers with `revealKey`. A secret. `{}` without any. */
  readonly consumerKeys: Record<string, Record<string, string>>;
  /** The applications that the stack creates for consumers. `[]` without any. */
  readonly applications: DeployedApplication[];
  /** Consumer → newest client secret of the application that the stack creates for it. A secret. `{}` without any. */
  readonly clientSecrets: Record<string, string>;
  /** Every role assignment that the stack needs. */
  readonly requiredRoleAssignments: RequiredRoleAssignment[];
  /** Table → the keys of its namespace and its export setting. The next deployment reads it, so that no table moves. */
  readonly placement: Placement;
  /** Sentences about settings that are allowed, but that you should check. */
  readonly warnings: string[];
}

/** An export setting: you enter it once on the portal's page. */
export interface ExportSetting {
  /** Its key in the plan: `export1`, `export2`, … for hubs, `storage1` for the storage account. */
  readonly key: string;
  /** The name to enter. Unique in the tenant. Example: `defender-streaming-prod-export1`. */
  readonly name: string;
  /** `eventHub` or `storage`. */
  readonly destination: Destination;
  /** The ARM id of the namespace or the storage account. */
  readonly resourceId: string;
  /** The hub's name. `""`: leave the field blank. */
  readonly hubName: string;
  /** Names of the tables to select. */
  readonly eventTypes: string[];
}

/** The page of the Defender portal where you enter export settings, and the labels on it. */
export interface Portal {
  /** The page's address. */
  readonly url: string;
  /** Addresses of the page in older documentation. */
  readonly otherUrls: string[];
  /** The page's name. */
  readonly page: string;
  /** The path through the portal's menus. `""`: not documented. */
  readonly menu: string;
  /** The button that adds a setting. */
  readonly add: string;
  /** The button that saves it. */
  readonly save: string;
  /** The labels of the fields. */
  readonly fields: PortalFields;
  /** What `time` means in a streamed record. */
  readonly recordTime: string;
}

/** The labels of the fields of an export setting. */
export interface PortalFields {
  readonly name: string;
  readonly eventTypes: string;
  readonly eventHub: { readonly choice: string; readonly resourceId: string; readonly hubName: string };
  readonly storage: { readonly choice: string; readonly resourceId: string };
}

/** A namespace after the deployment. */
export interface DeployedNamespace {
  /** Its key in the plan: `ns1`, `ns2`, … */
  readonly key: string;
  /** The name in Azure. */
  readonly name: string;
  /** The ARM id. */
  readonly resourceId: string;
  /** The host name. Example: `defender-ns1ab12.servicebus.windows.net`. */
  readonly fullyQualifiedNamespace: string;
  /** `Basic`, `Standard`, `Premium` or `Dedicated`. */
  readonly tier: Tier;
  /** Throughput units (on Premium: processing units) after the deployment. Auto-inflate may have raised them. */
  readonly throughputUnits: number;
  /** The ceiling of auto-inflate, in throughput units. `0`: auto-inflate is off. */
  readonly maximumThroughputUnits: number;
  /** Names of the hubs. */
  readonly hubs: string[];
  /** Only for a namespace that existed before the stack: which of its hubs existed. */
  readonly existing?: { readonly adoptedHubs: string[] } | undefined;
}

/** A storage account after the deployment. */
export interface DeployedAccount {
  /** Its key in the plan: `sa1`. */
  readonly key: string;
  /** The name in Azure. */
  readonly name: string;
  /** The ARM id. */
  readonly resourceId: string;
  /** Example: `https://defendersa1ab12.blob.core.windows.net/`. */
  readonly blobEndpoint: string;
  /** Names of the containers, one for each table. */
  readonly containers: string[];
  /** `true` if the account existed before the stack, otherwise absent. */
  readonly existing?: true | undefined;
}

/** What an application that reads the hubs of a namespace needs to connect. */
export interface ConsumerConnection {
  /** The consumer's name. */
  readonly name: string;
  /** The host name of the namespace. */
  readonly fullyQualifiedNamespace: string;
  /** `<host>:9093`. `""`: the tier has no Kafka endpoint. */
  readonly kafkaBootstrapServer: string;
  /** The consumer group to read through, the same on each hub. */
  readonly consumerGroup: string;
  /** Table → hub. */
  readonly hubs: Record<string, string>;
}

/** What a consumer needs beyond its roles. */
export interface ConsumerConfiguration {
  /** The consumer's name. */
  readonly name: string;
  /** The kind of client. `""`: the settings name none. */
  readonly kind: string;
  /** How it signs in: `entra` or `sas`. */
  readonly auth: Auth;
  /** The consumer group to read through, the same on each hub. */
  readonly consumerGroup: string;
  /** Its shared access rules. `[]` if it signs in with Entra ID. */
  readonly sharedAccessRules: SharedAccessRule[];
  /** Absent if it has none. */
  readonly checkpointStore?: CheckpointStoreConfiguration | undefined;
  /** File name → text of the client's configuration, with placeholders for secrets. `{}` without a kind. */
  readonly files: Readonly<Record<string, string>>;
}

/** A shared access rule of a consumer, without its key. */
export interface SharedAccessRule {
  /** The ARM id. */
  readonly ruleId: string;
  /** The hub that it opens. `""`: all hubs of the namespace. */
  readonly hub: string;
  /** Prints the connection string if you may list keys. */
  readonly command: string;
  /** The key vault secret that holds the connection string. Absent without `deliverKeyTo`. */
  readonly secretId?: string | undefined;
}

/** The storage account where a consumer keeps its checkpoints. */
export interface CheckpointStoreConfiguration {
  /** The ARM id. */
  readonly resourceId: string;
  readonly blobEndpoint: string;
  /** Hub → container. */
  readonly containers: Readonly<Record<string, string>>;
  /** Prints the connection string if you may list keys. `""`: account keys are off. */
  readonly command: string;
}

/** An application that the stack creates for a consumer, without its secret. */
export interface DeployedApplication {
  /** The consumer's name. */
  readonly name: string;
  /** The application (client) id. */
  readonly clientId: string;
  /** The tenant's id. */
  readonly tenantId: string;
  /** The service principal's object id. */
  readonly objectId: string;
  /** The tokens that it signs in with. Absent if it has a secret. */
  readonly federatedCredential?: TokenClaims | undefined;
  /** When its newest secret expires, in RFC 3339. Absent if it has none. */
  readonly secretEndDate?: string | undefined;
}

/** The claims of a token that Entra ID accepts. */
export interface TokenClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** A role assignment that the stack needs. */
export interface RequiredRoleAssignment {
  /** The ARM id of its scope. */
  readonly scope: string;
  /** The role's display name. */
  readonly role: string;
  /** `/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>`. */
  readonly roleDefinitionId: string;
  /** The object id. */
  readonly principalId: string;
  /** `User`, `Group` or `ServicePrincipal`. */
  readonly principalType: PrincipalType;
  /** Whether the stack creates and deletes it. `false`: somebody else does. */
  readonly managed: boolean;
  /** How Privileged Identity Management grants it: `eligible`, or `{until: <time>}`. Absent: it is permanent. */
  readonly access?: PimAccess | undefined;
}
