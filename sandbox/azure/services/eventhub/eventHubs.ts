import { find, under } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { flag, oneOf, readOnly, since, structure, text, whole } from "../../arm/shape.ts";
import { staysOf } from "../../conditions/gone.ts";
import type { Resource, World } from "../../state.ts";
import { childView } from "./childView.ts";
import { checkClusterPartitions } from "./clusters.ts";
import { badRequest, cleanUpPending, quotaReached } from "./error.ts";
import { hubType, partitionsOf, retentionTooLong } from "./hub.ts";
import type { Tier } from "./tiers.ts";
import { maxHubs, maxPartitions, skuOf, tierOf } from "./tiers.ts";
import { versions } from "./versions.ts";

export const eventHubs: ResourceType = {
  name: hubType,
  apiVersions: versions,
  naming: {
    check(name) {
      if (/^[a-z0-9]([\w.-]{0,254}[a-z0-9])?$/i.test(name)) return;
      throw badRequest(
        `The event hub name '${name}' is invalid: 1 to 256 letters, numbers, periods, hyphens and underscores, starting and ending with a letter or number.`,
      );
    },
  },
  body: structure({
    location: readOnly,
    systemData: readOnly,
    properties: structure({
      partitionCount: whole({ min: 1 }),
      messageRetentionInDays: whole({ min: 1 }),
      status: oneOf(
        "Active",
        "Disabled",
        "SendDisabled",
        "ReceiveDisabled",
        "Creating",
        "Deleting",
        "Renaming",
        "Restoring",
        "Unknown",
      ),
      userMetadata: since("2024-01-01", text({ max: 1024 })),
      retentionDescription: since(
        "2022-10-01-preview",
        structure({
          cleanupPolicy: oneOf("Delete", "Compact", { value: "DeleteOrCompact", since: "2026-01-01" }),
          retentionTimeInHours: whole({ min: 1 }),
          tombstoneRetentionTimeInHours: whole({ min: 1 }),
          minCompactionLagTimeInMinutes: since("2026-01-01", whole({ min: 0 })),
        }),
      ),
      messageTimestampDescription: since(
        "2026-01-01",
        structure({ timestampType: oneOf("LogAppend", "Create") }),
      ),
      captureDescription: structure({
        enabled: flag,
        encoding: oneOf("Avro", "AvroDeflate"),
        intervalInSeconds: whole({ min: 60, max: 900 }),
        sizeLimitInBytes: whole({ min: 10_485_760, max: 524_288_000 }),
        skipEmptyArchives: flag,
        destination: structure({
          name: text(),
          identity: since(
            "2023-01-01-preview",
            structure({ type: oneOf("SystemAssigned", "UserAssigned"), userAssignedIdentity: text() }),
          ),
          properties: structure({
            storageAccountResourceId: text(),
            blobContainer: text(),
            archiveNameFormat: text(),
            dataLakeSubscriptionId: text({ pattern: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i }),
            dataLakeAccountName: text(),
            dataLakeFolderPath: text(),
          }),
        }),
      }),
      partitionIds: readOnly,
      createdAt: readOnly,
      updatedAt: readOnly,
      identifier: since("2026-01-01", readOnly),
    }),
  }),
  writing: { prepare, accompany: [{ type: `${hubType}/consumergroups`, name: "$Default", properties: {} }] },
  deletion: { hangs: cleanUpPending },
  reading: {
    present: (hub, view) => ({
      ...childView(hub, view),
      properties: {
        createdAt: hub.createdAt,
        updatedAt: hub.updatedAt,
        partitionIds: Array.from({ length: partitionsOf(hub) }, (_, i) => String(i)),
      },
    }),
    // Seen in HTTP recordings of Azure/azure-cli; the next GET has the true values.
    presentUpdate: () => ({ createdAt: "0001-01-01T00:00:00", partitionIds: [] }),
  },
};

function prepare(write: Write): void {
  const { body, existing, parent, world } = write;
  const namespace = find(world, parent);
  if (!namespace) return;
  const tier = tierOf(namespace);
  const isSame = (gone: { id: string }) => gone.id.toLowerCase() === write.id.toLowerCase();
  if (!existing && staysOf(world, hubType).some(isSame)) throw cleanUpPending();
  if (!existing) checkRoom(world, namespace);
  const partitionCount = (body.properties["partitionCount"] ??
    (existing ? partitionsOf(existing) : 4)) as number;
  checkPartitions(write, namespace, tier, partitionCount);
  if (body.properties["captureDescription"] !== undefined && !tier.capture) {
    throw badRequest(
      `Capture is not available because the namespace '${namespace.name}' is using 'Basic' tier.`,
    );
  }
  body.properties = {
    status: "Active",
    ...body.properties,
    partitionCount,
    ...retention(body.properties, tier),
  };
}

function checkRoom(world: World, namespace: Resource): void {
  const hubs = under(world, namespace.id, hubType).length;
  const max = maxHubs(tierOf(namespace), skuOf(namespace).capacity);
  if (hubs >= max) throw quotaReached("EventHub", hubs, max);
}

function checkPartitions(write: Write, namespace: Resource, tier: Tier, count: number): void {
  const { existing, world } = write;
  const before = existing ? partitionsOf(existing) : count;
  if (count !== before && !tier.morePartitionsLater) {
    throw badRequest("PartitionCount can't be changed for an event hub.");
  }
  if (count < before) throw badRequest("PartitionCount can't be decreased for an event hub.");
  if (count > tier.partitionsPerHub) {
    throw badRequest(
      `The value '${count}' for PartitionCount isn't valid for the ${tier.name} tier. The value has to be between 1 and ${tier.partitionsPerHub}.`,
    );
  }
  const others = under(world, namespace.id, hubType).filter((hub) => hub.id !== existing?.id);
  const sum = others.reduce((total, hub) => total + partitionsOf(hub), count);
  const max = maxPartitions(tier, skuOf(namespace).capacity);
  if (sum > max) throw quotaReached("Partition", sum, max);
  checkClusterPartitions(world, namespace, existing ? count - before : count);
}

/** Days and hours are two views of one setting; hours count where both are given. */
function retention(properties: Record<string, unknown>, tier: Tier): Record<string, unknown> {
  const days = properties["messageRetentionInDays"] as number | undefined;
  const described = (properties["retentionDescription"] ?? {}) as {
    cleanupPolicy?: string;
    retentionTimeInHours?: number;
    tombstoneRetentionTimeInHours?: number;
  };
  const { cleanupPolicy = "Delete" } = described;
  if (cleanupPolicy !== "Delete" && tier.name === "Basic") {
    throw badRequest("Log compaction is not available in the Basic tier.");
  }
  if (described.tombstoneRetentionTimeInHours !== undefined && cleanupPolicy === "Delete") {
    throw badRequest("TombstoneRetentionTimeInHours is for event hubs with the cleanup policy Compact only.");
  }
  // A new hub keeps its events for a week, on Basic for its only day.
  const hours = described.retentionTimeInHours ?? (days ?? Math.min(7, tier.retentionDays)) * 24;
  const inDays = Math.ceil(hours / 24);
  if (inDays > tier.retentionDays) throw retentionTooLong(tier, inDays);
  return {
    messageRetentionInDays: inDays,
    retentionDescription: { ...described, cleanupPolicy, retentionTimeInHours: hours },
  };
}
