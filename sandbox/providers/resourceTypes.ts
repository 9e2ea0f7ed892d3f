import { flattened, plain, readOnly, type Action, type ResourceType, type Shape } from "./resourceType.ts";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const namespace = `${group}/providers/Microsoft.EventHub/namespaces/{namespaceName}`;
const eventHub = `${namespace}/eventhubs/{eventHubName}`;

const groupName = { minLength: 1, maxLength: 90 };
const namespaceName = { minLength: 6, maxLength: 50 };
const eventHubName = { minLength: 1, maxLength: 256 };
const inNamespace = { resourceGroupName: groupName, namespaceName };
const inEventHub = { ...inNamespace, eventHubName };

const common = readOnly("name", "type", "systemData");
const proxy: Shape = { ...common, ...readOnly("location") };
const tracked: Shape = {
  ...common,
  // The specification's x-ms-mutability says create and read: a change replaces.
  location: { forceNew: true },
  tags: {},
};
const identity: Shape = {
  ...plain("type"),
  ...readOnly("principalId", "tenantId"),
  userAssignedIdentities: { stringSet: true },
};
const authorizationRule: Shape = { ...proxy, ...flattened({ rights: { required: true } }) };

/**
 * The resource types that the stand-in knows. A new type is a new row.
 * Paths, versions and shapes: the specifications in Azure/azure-rest-api-specs, in the version that is the default of
 * @pulumi/azure-native 3.28.0 (stands in the docstring of the SDK's class); `forceNew`: x-ms-mutability there and
 * provider/pkg/gen/replacement.go (pulumi/pulumi-azure-native); `defaultBody`: provider/pkg/openapi/defaults/
 * defaultResourcesState.go; `longRunning`: x-ms-long-running-operation.
 */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "resources:ResourceGroup": {
    path: group,
    apiVersion: "2024-03-01",
    parameters: { resourceGroupName: groupName },
    shape: {
      ...readOnly("name", "type", "properties"),
      location: { required: true, forceNew: true },
      ...plain("managedBy", "tags"),
    },
    longRunning: { delete: true },
  },
  "eventhub:Namespace": {
    path: namespace,
    apiVersion: "2024-01-01",
    parameters: inNamespace,
    shape: {
      ...tracked,
      sku: { shape: { name: { required: true }, tier: {}, capacity: { minimum: 0 } } },
      identity: { shape: identity },
      ...flattened({
        ...plain(
          "alternateName",
          "clusterArmId",
          "disableLocalAuth",
          "encryption",
          "isAutoInflateEnabled",
          "kafkaEnabled",
        ),
        ...plain("minimumTlsVersion", "zoneRedundant"),
        maximumThroughputUnits: { minimum: 0 },
        privateEndpointConnections: { keptIfUnset: true },
        publicNetworkAccess: { default: "Enabled" },
        ...readOnly(
          "createdAt",
          "metricId",
          "provisioningState",
          "serviceBusEndpoint",
          "status",
          "updatedAt",
        ),
      }),
    },
    longRunning: { put: true, delete: true },
  },
  "eventhub:EventHub": {
    path: eventHub,
    apiVersion: "2024-01-01",
    parameters: inEventHub,
    shape: {
      ...proxy,
      ...flattened({
        ...plain("captureDescription", "status", "userMetadata"),
        messageRetentionInDays: { minimum: 1 },
        partitionCount: { minimum: 1 },
        retentionDescription: {
          shape: plain("cleanupPolicy", "retentionTimeInHours", "tombstoneRetentionTimeInHours"),
        },
        ...readOnly("createdAt", "partitionIds", "updatedAt"),
      }),
    },
  },
  "eventhub:ConsumerGroup": {
    path: `${eventHub}/consumergroups/{consumerGroupName}`,
    apiVersion: "2024-01-01",
    parameters: { ...inEventHub, consumerGroupName: { minLength: 1, maxLength: 50 } },
    shape: { ...proxy, ...flattened({ ...plain("userMetadata"), ...readOnly("createdAt", "updatedAt") }) },
  },
  "eventhub:NamespaceNetworkRuleSet": {
    path: `${namespace}/networkRuleSets/default`,
    apiVersion: "2024-01-01",
    parameters: inNamespace,
    shape: {
      ...proxy,
      ...flattened({
        ...plain("defaultAction", "trustedServiceAccessEnabled"),
        ipRules: { shape: plain("action", "ipMask") },
        publicNetworkAccess: { default: "Enabled" },
        virtualNetworkRules: {
          shape: { ignoreMissingVnetServiceEndpoint: {}, subnet: { shape: plain("id") } },
        },
      }),
    },
    singleton: true,
    defaultBody: { defaultAction: "Deny", publicNetworkAccess: "Disabled" },
  },
  "eventhub:NamespaceAuthorizationRule": {
    path: `${namespace}/authorizationRules/{authorizationRuleName}`,
    apiVersion: "2024-01-01",
    parameters: { ...inNamespace, authorizationRuleName: { minLength: 1 } },
    shape: authorizationRule,
  },
  "eventhub:EventHubAuthorizationRule": {
    path: `${eventHub}/authorizationRules/{authorizationRuleName}`,
    apiVersion: "2024-01-01",
    parameters: { ...inEventHub, authorizationRuleName: { minLength: 1 } },
    shape: authorizationRule,
  },
  "authorization:RoleAssignment": {
    path: "/{+scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    apiVersion: "2022-04-01",
    shape: {
      ...common,
      ...flattened({
        ...plain("condition", "conditionVersion", "delegatedManagedIdentityResourceId", "description"),
        principalId: { required: true, forceNew: true },
        principalType: { default: "User" },
        roleDefinitionId: { required: true },
        ...readOnly("createdBy", "createdOn", "scope", "updatedBy", "updatedOn"),
      }),
    },
  },
};

/** The functions that the stand-in knows beside the getter (`getX`) of each resource type. */
export const actions: Readonly<Record<string, Action>> = {
  "eventhub:listNamespaceKeys": {
    path: `${namespace}/authorizationRules/{authorizationRuleName}/listKeys`,
    apiVersion: "2024-01-01",
  },
  "eventhub:listEventHubKeys": {
    path: `${eventHub}/authorizationRules/{authorizationRuleName}/listKeys`,
    apiVersion: "2024-01-01",
  },
};
