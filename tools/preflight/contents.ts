import { apiVersions } from "../../azure/apiVersions.ts";
import { armBody, type ArmBody } from "../../streaming/cloud/armBody.ts";
import { hasZones } from "../../streaming/cloud/regions.ts";
import type { Taggable } from "../../streaming/cloud/tags.ts";
import type { Destination } from "../../streaming/defender/destinations.ts";
import { createsIdentity, storesOf } from "../../streaming/deployer/planParts.ts";
import { encryptionKeyOf } from "../../streaming/encryption/customerManagedKey.ts";
import { namespaceInputs, ruleSetInputs } from "../../streaming/eventHubs/body.ts";
import { tiers } from "../../streaming/eventHubs/tiers.ts";
import { endpointInputs, zoneInputs, zoneLinkInputs } from "../../streaming/network/body.ts";
import { groupIds } from "../../streaming/network/privateEndpoints.ts";
import type { ZonesToCreate } from "../../streaming/network/zoneLinks.ts";
import { accountInputs, checkpointStoreInputs, checkpointStoreSku } from "../../streaming/storage/body.ts";
import type { Subject } from "./check.ts";

type Deployment = Pick<Subject, "settings" | "plan">;

/** A resource as the deployment will ask for it, without what only the deployment knows: names, and ids of other new resources. */
export interface Content extends ArmBody {
  readonly type: string;
  readonly apiVersion: string;
}

const types: Readonly<Record<Taggable, readonly [type: string, apiVersion: string]>> = {
  resourceGroup: ["Microsoft.Resources/subscriptions/resourceGroups", apiVersions.resourceGroup],
  identity: ["Microsoft.ManagedIdentity/userAssignedIdentities", apiVersions.identity],
  namespace: ["Microsoft.EventHub/namespaces", apiVersions.eventHub],
  storageAccount: ["Microsoft.Storage/storageAccounts", apiVersions.storage],
  checkpointStore: ["Microsoft.Storage/storageAccounts", apiVersions.storage],
  privateDnsZone: ["Microsoft.Network/privateDnsZones", apiVersions.privateDns],
  privateEndpoint: ["Microsoft.Network/privateEndpoints", apiVersions.virtualNetwork],
};

/** What has tags or a firewall: nearly all policies are about these. */
export function contentsOf(asked: Deployment): Content[] {
  const inside = [
    ...identity(asked),
    ...namespaces(asked),
    ...accounts(asked),
    ...checkpointStores(asked),
    ...privateNetwork(asked),
  ];
  if (inside.length === 0 || asked.plan.resourceGroup) return inside;
  return [content(asked, "resourceGroup", {}), ...inside];
}

function content({ settings }: Deployment, kind: Taggable, inputs: object, child = ""): Content {
  const { location, tags, tagOverrides } = settings;
  const [type, apiVersion] = types[kind];
  const body = armBody({ location, tags: tagOverrides[kind] ?? tags, ...inputs });
  return { type: type + child, apiVersion, ...body };
}

function identity(asked: Deployment): Content[] {
  return createsIdentity(asked.plan) ? [content(asked, "identity", {})] : [];
}

/** The key of a destination. */
function keyFor({ plan: { key, cloud } }: Deployment, { isEncrypted }: { readonly isEncrypted: boolean }) {
  return key && isEncrypted ? encryptionKeyOf(key, cloud, key.userAssignedIdentityId) : undefined;
}

function namespaces(asked: Deployment): Content[] {
  const zoneRedundant = hasZones(asked.settings.location) || undefined;
  return asked.plan.namespaces
    .filter(({ existing }) => !existing)
    .flatMap((planned) => {
      const key = keyFor(asked, planned);
      const ruleSet = { ...ruleSetInputs(planned), location: undefined, tags: undefined };
      return [
        content(asked, "namespace", namespaceInputs(planned, { zoneRedundant, key })),
        ...(tiers[planned.tier].networkRules
          ? [content(asked, "namespace", ruleSet, "/networkRuleSets")]
          : []),
      ];
    });
}

function accounts(asked: Deployment): Content[] {
  return asked.plan.accounts
    .filter(({ existing }) => !existing)
    .map((planned) => content(asked, "storageAccount", accountInputs(planned, keyFor(asked, planned))));
}

function checkpointStores(asked: Deployment): Content[] {
  const sku = { name: checkpointStoreSku(asked.settings.location) };
  return storesOf(asked.plan).map((needs) =>
    content(asked, "checkpointStore", { sku, ...checkpointStoreInputs(needs) }),
  );
}

/** The new zones with their links, and a private endpoint for each destination, existing ones included. */
function privateNetwork(asked: Deployment): Content[] {
  const { privateEndpoints, namespaces, accounts } = asked.plan;
  if (!privateEndpoints) return [];
  const { subnetId, newZones } = privateEndpoints;
  const endpoint = (kind: Destination) =>
    content(asked, "privateEndpoint", endpointInputs({ subnetId, groupId: groupIds[kind] }));
  const zone = ({ virtualNetworkId }: ZonesToCreate) => [
    content(asked, "privateDnsZone", zoneInputs),
    content(asked, "privateDnsZone", zoneLinkInputs(virtualNetworkId), "/virtualNetworkLinks"),
  ];
  return [
    ...(newZones ? [...newZones.names].flatMap(() => zone(newZones)) : []),
    ...namespaces.map(() => endpoint("eventHub")),
    ...accounts.map(() => endpoint("storage")),
  ];
}
