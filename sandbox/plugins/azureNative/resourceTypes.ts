import { pimRoleEligibilitySchedule } from "./pimRoleEligibilitySchedule.ts";
import { flattened, plain, readOnly, type Action, type ResourceType, type Shape } from "./resourceType.ts";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const namespace = `${group}/providers/Microsoft.EventHub/namespaces/{namespaceName}`;
const eventHub = `${namespace}/eventhubs/{eventHubName}`;

const account = `${group}/providers/Microsoft.Storage/storageAccounts/{accountName}`;
const container = `${account}/blobServices/default/containers/{containerName}`;

const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/{privateEndpointName}`;
const zone = `${group}/providers/Microsoft.Network/privateDnsZones/{privateZoneName}`;

const groupName = { minLength: 1, maxLength: 90 };
// The pattern is that of Microsoft.EventHub since 2024 (Azure/bicep-types-az): 8 characters at least.
const namespaceName = { minLength: 6, maxLength: 50, pattern: /^[a-zA-Z][a-zA-Z0-9-]{6,50}[a-zA-Z0-9]$/ };
const eventHubName = { minLength: 1, maxLength: 256 };
const inNamespace = { resourceGroupName: groupName, namespaceName };
const inEventHub = { ...inNamespace, eventHubName };

const inAccount = { resourceGroupName: groupName, accountName: { minLength: 3, maxLength: 24 } };
const inContainer = { ...inAccount, containerName: { minLength: 3, maxLength: 63 } };

const inGroup = { resourceGroupName: groupName };

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
// Microsoft.Storage names no system data in the version that is the default.
const storageChild = readOnly("name", "type");
const connections: Shape = {
  ...plain("id", "name"),
  ...readOnly("etag", "type"),
  ...flattened({
    ...plain("groupIds", "privateLinkServiceConnectionState", "privateLinkServiceId", "requestMessage"),
    ...readOnly("provisioningState"),
  }),
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
  "eventhub:Cluster": {
    path: `${group}/providers/Microsoft.EventHub/clusters/{clusterName}`,
    apiVersion: "2024-01-01",
    parameters: { resourceGroupName: groupName, clusterName: { minLength: 6, maxLength: 50 } },
    shape: {
      ...tracked,
      sku: { shape: { name: { required: true }, capacity: { minimum: 1 } } },
      ...flattened({
        ...plain("supportsScaling"),
        ...readOnly("createdAt", "metricId", "provisioningState", "status", "updatedAt"),
      }),
    },
    longRunning: { put: true, delete: true },
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
        privateEndpointConnections: {
          keptIfUnset: true,
          shape: {
            ...readOnly("id", "location", "name", "systemData", "type"),
            ...flattened(plain("privateEndpoint", "privateLinkServiceConnectionState", "provisioningState")),
          },
        },
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
  "storage:StorageAccount": {
    path: account,
    apiVersion: "2024-01-01",
    parameters: inAccount,
    shape: {
      ...storageChild,
      location: { required: true, forceNew: true },
      ...plain("extendedLocation", "tags"),
      kind: { required: true },
      sku: { required: true, shape: { name: { required: true }, tier: { readOnly: true } } },
      identity: { shape: identity },
      ...flattened({
        ...plain(
          "accessTier",
          "allowBlobPublicAccess",
          "allowCrossTenantReplication",
          "allowSharedKeyAccess",
        ),
        ...plain("allowedCopyScope", "azureFilesIdentityBasedAuthentication", "customDomain"),
        ...plain("defaultToOAuthAuthentication", "dnsEndpointType", "enableExtendedGroups"),
        enableHttpsTrafficOnly: { wireName: "supportsHttpsTrafficOnly" },
        enableNfsV3: { wireName: "isNfsV3Enabled" },
        encryption: {
          shape: {
            ...plain("keySource", "requireInfrastructureEncryption", "services"),
            encryptionIdentity: {
              wireName: "identity",
              shape: {
                encryptionFederatedIdentityClientId: { wireName: "federatedIdentityClientId" },
                encryptionUserAssignedIdentity: { wireName: "userAssignedIdentity" },
              },
            },
            keyVaultProperties: {
              wireName: "keyvaultproperties",
              shape: {
                keyName: { wireName: "keyname" },
                keyVaultUri: { wireName: "keyvaulturi" },
                keyVersion: { wireName: "keyversion" },
                ...readOnly("currentVersionedKeyExpirationTimestamp", "currentVersionedKeyIdentifier"),
                ...readOnly("lastKeyRotationTimestamp"),
              },
            },
          },
        },
        immutableStorageWithVersioning: {},
        isHnsEnabled: { forceNew: true },
        ...plain(
          "isLocalUserEnabled",
          "isSftpEnabled",
          "keyPolicy",
          "largeFileSharesState",
          "minimumTlsVersion",
        ),
        networkRuleSet: {
          wireName: "networkAcls",
          shape: {
            ...plain("bypass", "defaultAction"),
            ipRules: { shape: { iPAddressOrRange: { wireName: "value" }, action: {} } },
            resourceAccessRules: { shape: plain("resourceId", "tenantId") },
            virtualNetworkRules: {
              shape: { virtualNetworkResourceId: { wireName: "id" }, action: {}, state: {} },
            },
          },
        },
        ...plain("publicNetworkAccess", "routingPreference", "sasPolicy"),
        ...readOnly("accountMigrationInProgress", "blobRestoreStatus", "creationTime", "failoverInProgress"),
        ...readOnly(
          "geoReplicationStats",
          "isSkuConversionBlocked",
          "keyCreationTime",
          "lastGeoFailoverTime",
        ),
        ...readOnly("primaryEndpoints", "primaryLocation", "privateEndpointConnections", "provisioningState"),
        ...readOnly("secondaryEndpoints", "secondaryLocation", "statusOfPrimary", "statusOfSecondary"),
        ...readOnly("storageAccountSkuConversionStatus"),
      }),
    },
    longRunning: { put: true },
  },
  "storage:BlobServiceProperties": {
    path: `${account}/blobServices/{blobServicesName}`,
    apiVersion: "2024-01-01",
    parameters: inAccount,
    shape: {
      ...storageChild,
      ...readOnly("sku"),
      ...flattened({
        ...plain("automaticSnapshotPolicyEnabled", "changeFeed", "containerDeleteRetentionPolicy", "cors"),
        ...plain("defaultServiceVersion", "deleteRetentionPolicy", "isVersioningEnabled"),
        ...plain("lastAccessTimeTrackingPolicy", "restorePolicy"),
      }),
    },
    singleton: true,
    defaultBody: {},
  },
  "storage:BlobContainer": {
    path: container,
    apiVersion: "2024-01-01",
    parameters: inContainer,
    shape: {
      ...storageChild,
      ...readOnly("etag"),
      ...flattened({
        ...plain("defaultEncryptionScope", "denyEncryptionScopeOverride", "enableNfsV3AllSquash"),
        ...plain("enableNfsV3RootSquash", "immutableStorageWithVersioning", "metadata", "publicAccess"),
        ...readOnly("deleted", "deletedTime", "hasImmutabilityPolicy", "hasLegalHold", "immutabilityPolicy"),
        ...readOnly("lastModifiedTime", "leaseDuration", "leaseState", "leaseStatus", "legalHold"),
        ...readOnly("remainingRetentionDays", "version"),
      }),
    },
  },
  "storage:BlobContainerImmutabilityPolicy": {
    path: `${container}/immutabilityPolicies/{immutabilityPolicyName}`,
    apiVersion: "2024-01-01",
    parameters: inContainer,
    shape: {
      ...storageChild,
      ...readOnly("etag"),
      ...flattened({
        ...plain("allowProtectedAppendWrites", "allowProtectedAppendWritesAll"),
        ...plain("immutabilityPeriodSinceCreationInDays"),
        ...readOnly("state"),
      }),
    },
    defaultBody: { immutabilityPeriodSinceCreationInDays: 0 },
  },
  "storage:ManagementPolicy": {
    path: `${account}/managementPolicies/{managementPolicyName}`,
    apiVersion: "2024-01-01",
    parameters: inAccount,
    shape: {
      ...storageChild,
      ...flattened({ policy: { required: true }, ...readOnly("lastModifiedTime") }),
    },
  },
  "managedidentity:UserAssignedIdentity": {
    path: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`,
    apiVersion: "2023-01-31",
    parameters: { resourceGroupName: groupName },
    shape: { ...tracked, ...flattened(readOnly("clientId", "principalId", "tenantId")) },
  },
  "network:PrivateEndpoint": {
    path: endpoint,
    apiVersion: "2024-05-01",
    parameters: inGroup,
    shape: {
      ...readOnly("etag", "name", "type"),
      id: { inputOnly: true },
      ...plain("extendedLocation", "location", "tags"),
      ...flattened({
        ...plain("applicationSecurityGroups", "customDnsConfigs", "customNetworkInterfaceName"),
        ipConfigurations: {
          shape: { name: {}, ...flattened(plain("groupId", "memberName", "privateIPAddress")) },
        },
        manualPrivateLinkServiceConnections: { shape: connections },
        privateLinkServiceConnections: { shape: connections },
        subnet: {
          forceNew: true, // #3883
          shape: {
            ...plain("id", "name", "type"),
            ...flattened(plain("privateEndpointNetworkPolicies", "privateLinkServiceNetworkPolicies")),
          },
        },
        ...readOnly("networkInterfaces", "provisioningState"),
      }),
    },
    longRunning: { put: true, delete: true },
  },
  "network:PrivateDnsZoneGroup": {
    path: `${endpoint}/privateDnsZoneGroups/{privateDnsZoneGroupName}`,
    apiVersion: "2024-05-01",
    parameters: inGroup,
    shape: {
      ...readOnly("etag"),
      id: { inputOnly: true },
      name: {},
      ...flattened({
        privateDnsZoneConfigs: {
          shape: {
            ...plain("name"),
            ...flattened({ ...plain("privateDnsZoneId"), ...readOnly("recordSets") }),
          },
        },
        ...readOnly("provisioningState"),
      }),
    },
    longRunning: { put: true, delete: true },
  },
  "privatedns:PrivateZone": {
    path: zone,
    apiVersion: "2024-06-01",
    parameters: inGroup,
    shape: {
      ...common,
      ...readOnly("etag"),
      ...plain("location", "tags"),
      ...flattened(
        readOnly(
          "internalId",
          "maxNumberOfRecordSets",
          "maxNumberOfVirtualNetworkLinks",
          "maxNumberOfVirtualNetworkLinksWithRegistration",
          "numberOfRecordSets",
          "numberOfVirtualNetworkLinks",
          "numberOfVirtualNetworkLinksWithRegistration",
          "provisioningState",
        ),
      ),
    },
    longRunning: { put: true, delete: true },
  },
  "privatedns:VirtualNetworkLink": {
    path: `${zone}/virtualNetworkLinks/{virtualNetworkLinkName}`,
    apiVersion: "2024-06-01",
    parameters: inGroup,
    shape: {
      ...common,
      ...readOnly("etag"),
      ...plain("location", "tags"),
      ...flattened({
        ...plain("registrationEnabled", "resolutionPolicy"),
        virtualNetwork: { shape: plain("id") },
        ...readOnly("provisioningState", "virtualNetworkLinkState"),
      }),
    },
    longRunning: { put: true, delete: true },
  },
  "authorization:ManagementLockByScope": {
    path: "/{+scope}/providers/Microsoft.Authorization/locks/{lockName}",
    apiVersion: "2020-05-01",
    shape: { ...common, ...flattened({ level: { required: true }, ...plain("notes", "owners") }) },
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
  "authorization:PimRoleEligibilitySchedule": {
    path: "/{+scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/{roleEligibilityScheduleRequestName}",
    apiVersion: "2020-10-01",
    shape: {
      ...readOnly("name", "type"),
      ...flattened({
        ...plain("condition", "conditionVersion", "justification", "scheduleInfo"),
        ...plain("targetRoleEligibilityScheduleId", "targetRoleEligibilityScheduleInstanceId", "ticketInfo"),
        principalId: { required: true },
        roleDefinitionId: { required: true },
        ...readOnly("approvalId", "createdOn", "expandedProperties", "principalType", "requestorId"),
        ...readOnly("requestType", "scope", "status"),
      }),
    },
    custom: pimRoleEligibilitySchedule,
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
