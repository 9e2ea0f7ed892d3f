import { under } from "../../arm/inventory.ts";
import { findLocation } from "../../arm/locations.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import {
  dictionary,
  flag,
  list,
  oneOf,
  readOnly,
  required,
  since,
  structure,
  text,
  whole,
} from "../../arm/shape.ts";
import { lasts } from "../../conditions/lasting.ts";
import type { Resource, World } from "../../state.ts";
import { subscriptionId } from "../../tenant.ts";
import { assignedIdentities, completeIdentity, identityShape } from "../managedIdentity/assigned.ts";
import { connectionsTo } from "../network/connections.ts";
import { checkEncryption, encryptionShape } from "./encryption.ts";
import { checkCluster } from "./clusters.ts";
import { badRequest, quotaReached, refusal } from "./error.ts";
import { hubType, partitionsOf, retentionHoursOf, retentionTooLong } from "./hub.ts";
import { hostOf } from "./host.ts";
import { checkNamespaceName, isTaken, namespaceType } from "./namespaceNames.ts";
import type { Sku, Tier } from "./tiers.ts";
import { maxHubs, maxPartitions, skuOf, tierNamed, tierOf } from "./tiers.ts";
import { versions } from "./versions.ts";

export const namespaces: ResourceType = {
  name: namespaceType,
  apiVersions: versions,
  tracked: "regional",
  naming: { check: checkNamespaceName },
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    sku: structure({
      name: required(oneOf("Basic", "Standard", "Premium")),
      tier: oneOf("Basic", "Standard", "Premium"),
      capacity: whole({ min: 0 }),
    }),
    identity: since("2018-01-01-preview", identityShape),
    systemData: readOnly,
    properties: structure({
      isAutoInflateEnabled: flag,
      maximumThroughputUnits: whole({ min: 0 }),
      kafkaEnabled: flag,
      zoneRedundant: since("2018-01-01-preview", flag),
      clusterArmId: since("2018-01-01-preview", text()),
      disableLocalAuth: since("2021-06-01-preview", flag),
      alternateName: since("2021-06-01-preview", text()),
      minimumTlsVersion: since(
        "2022-01-01-preview",
        oneOf("1.0", "1.1", "1.2", { value: "1.3", since: "2026-01-01" }),
      ),
      publicNetworkAccess: since("2022-01-01-preview", oneOf("Enabled", "Disabled", "SecuredByPerimeter")),
      encryption: since("2018-01-01-preview", encryptionShape),
      geoDataReplication: since(
        "2024-05-01-preview",
        structure({
          maxReplicationLagDurationInSeconds: whole({ min: 0 }),
          locations: list(
            structure({
              locationName: text(),
              roleType: oneOf("Primary", "Secondary"),
              replicaState: readOnly,
              clusterArmId: text(),
            }),
          ),
        }),
      ),
      platformCapabilities: since(
        "2026-01-01",
        structure({ confidentialCompute: structure({ mode: oneOf("Disabled", "Enabled") }) }),
      ),
      ipAddressType: since("2026-01-01", oneOf("IPv4", "DualStack")),
      provisioningState: readOnly,
      status: readOnly,
      createdAt: readOnly,
      updatedAt: readOnly,
      serviceBusEndpoint: readOnly,
      metricId: readOnly,
      privateEndpointConnections: readOnly,
    }),
  }),
  writing: {
    patch: true,
    links: [assignedIdentities],
    prepare,
    accompany: [
      {
        type: `${namespaceType}/authorizationRules`,
        name: "RootManageSharedAccessKey",
        properties: { rights: ["Listen", "Manage", "Send"] },
      },
      {
        type: `${namespaceType}/networkRuleSets`,
        name: "default",
        properties: { defaultAction: "Allow", virtualNetworkRules: [], ipRules: [] },
      },
    ],
  },
  lifecycle: {
    creating: "Created",
    updating: "Updating",
    whenBusy: (namespace) =>
      refusal(
        409,
        "Conflict",
        `Namespace provisioning in transition. Namespace '${namespace.name}' is being changed; retry when its provisioningState is Succeeded.`,
      ),
    whenFresh: ({ name, createdAt }, world) =>
      lasts(world, "namespacesStartLate", Date.parse(createdAt) + world.timings.provisioning)
        ? refusal(
            404,
            "NotFound",
            `The namespace ${name} in subscription ${subscriptionId} is not active, its current state is Created.`,
          )
        : undefined,
  },
  deletion: { later: true },
  reading: {
    present: (namespace, { world }) => ({
      type: "Microsoft.EventHub/Namespaces",
      // Event Hubs answers with the region's display name, whatever was sent.
      location: findLocation(namespace.body.location ?? "")?.displayName,
      properties: {
        status: namespace.pending ? "Activating" : "Active",
        createdAt: namespace.createdAt,
        updatedAt: namespace.updatedAt,
        metricId: `${subscriptionId}:${namespace.name}`,
        serviceBusEndpoint: `https://${hostOf(namespace)}:443/`,
        ...connections(namespace, world),
      },
    }),
  },
};

function connections(namespace: Resource, world: World): { privateEndpointConnections?: object[] } {
  const all = connectionsTo(world, namespace, "Microsoft.EventHub/Namespaces/PrivateEndpointConnections");
  return all.length > 0 ? { privateEndpointConnections: all } : {};
}

function prepare(write: Write): void {
  const { body, existing, world, name } = write;
  if (!existing && isTaken(world, name)) {
    throw badRequest(
      "The specified name is not available. For more information visit https://aka.ms/eventhubsarmexceptions.",
    );
  }
  const sku = completeSku(body["sku"] as Sku | undefined);
  body["sku"] = sku;
  const tier = tierOf({ body });
  body.tags ??= {};
  completeIdentity(write);
  completeProperties(write, tier);
  checkAutoInflate(write, tier, sku.capacity);
  checkFeatures(write, tier);
  if (existing) checkTierChange(write, existing, tier, sku);
}

function completeSku({ name, tier, capacity = 1 }: Sku = { name: "Standard" }): Required<Sku> {
  if (tier !== undefined && tier !== name) {
    throw badRequest(
      `The SKU tier '${tier}' does not go with the SKU name '${name}': they have to be equal.`,
    );
  }
  const { units, unitName } = tierNamed(name);
  if (!units.includes(capacity)) {
    const range = units.length > 10 ? `${units[0] ?? ""}-${units.at(-1) ?? ""}` : units.join(", ");
    throw badRequest(
      `SKU capacity '${capacity}' is out of range. Valid ${unitName} of the ${name} tier: ${range}.`,
    );
  }
  return { name, tier: name, capacity };
}

function completeProperties({ body, existing }: Write, tier: Tier): void {
  const old = existing?.body.properties ?? {};
  const zonal = findLocation(body.location ?? "")?.zones ?? false;
  body.properties = {
    disableLocalAuth: false,
    isAutoInflateEnabled: false,
    maximumThroughputUnits: 0,
    minimumTlsVersion: "1.2",
    // New namespaces in regions with zones get them (reliability/reliability-event-hubs.md, azure-docs).
    zoneRedundant: old["zoneRedundant"] ?? zonal,
    // The rule set holds the same value, so a PUT that does not mention it changes nothing.
    publicNetworkAccess: old["publicNetworkAccess"] ?? "Enabled",
    ...body.properties,
    kafkaEnabled: tier.kafka,
  };
}

/** azure-docs-cli #4411, azurerm #25786 and resource-manager-exceptions.md for the messages. */
function checkAutoInflate({ body }: Write, tier: Tier, capacity: number): void {
  const { isAutoInflateEnabled: enabled, maximumThroughputUnits } = body.properties;
  const ceiling = maximumThroughputUnits as number;
  if (enabled && !tier.autoInflate)
    throw badRequest(`Can't set Auto-Inflate in ${tier.name.toLowerCase()} SKU`);
  if (enabled && (ceiling < capacity || ceiling < 1 || ceiling > 40)) {
    throw refusal(
      400,
      "InvalidMaxThroughputValue",
      `Auto inflate MaximumThroughputUnits '${ceiling}' is out of range. Valid range is 1-40 and it should be greater than capacity ${capacity}`,
    );
  }
  if (!enabled && ceiling > 0) {
    throw badRequest("Cannot set MaximumThroughputUnits property if AutoInflate is not enabled");
  }
}

function checkFeatures(write: Write, tier: Tier): void {
  const { minimumTlsVersion } = write.body.properties;
  checkCluster(write);
  checkEncryption(write, tier);
  if (tier.name === "Premium" && ["1.0", "1.1"].includes(minimumTlsVersion as string)) {
    throw badRequest("The Premium tier requires TLS 1.2 or newer.");
  }
}

/** Basic and Standard can take each other's place while everything in the namespace fits (event-hubs-faq.md, azure-docs). */
function checkTierChange({ id, world }: Write, existing: Resource, tier: Tier, sku: Required<Sku>): void {
  const old = skuOf(existing);
  const hubs = under(world, id, hubType);
  const most = { hubs: maxHubs(tier, sku.capacity), partitions: maxPartitions(tier, sku.capacity) };
  if (hubs.length > most.hubs) throw quotaReached("EventHub", hubs.length, most.hubs);
  const partitions = hubs.reduce((sum, hub) => sum + partitionsOf(hub), 0);
  if (partitions > most.partitions) throw quotaReached("Partition", partitions, most.partitions);
  if (old.name === sku.name) return;
  if (old.name === "Premium" || sku.name === "Premium") {
    throw badRequest(`The tier of an existing namespace cannot be changed from ${old.name} to ${sku.name}.`);
  }
  if (sku.name === "Basic") for (const hub of hubs) checkFitsBasic(world, hub);
}

function checkFitsBasic(world: World, hub: Resource): void {
  const days = Math.ceil(retentionHoursOf(hub) / 24);
  if (days > 1) throw retentionTooLong(tierNamed("Basic"), days);
  const groups = under(world, hub.id, `${hubType}/consumergroups`);
  if (groups.length > 1) {
    throw badRequest(
      `The Basic tier has one consumer group for each event hub; '${hub.name}' has ${groups.length}.`,
    );
  }
  if (hub.body.properties?.["captureDescription"] !== undefined) {
    throw badRequest(`Capture is not available in the Basic tier; '${hub.name}' has it.`);
  }
}
