import { find, ofType } from "../../arm/inventory.ts";
import { parentOf } from "../../arm/resourceId.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { anything, flag, list, readOnly, structure, text, whole } from "../../arm/shape.ts";
import type { Resource, World } from "../../state.ts";
import { propertiesOf } from "./endpointBody.ts";
import { configsOf, zoneGroupType, zoneType } from "./zoneGroupBody.ts";
import { hostOf } from "./targets.ts";
import { dnsVersions } from "./versions.ts";

/** The name that a zone group writes into its zones; undefined when the target of its endpoint is gone. */
export function recordOf(
  group: Resource,
  world: World,
): { readonly name: string; readonly address: string } | undefined {
  const endpoint = find(world, parentOf(group.id));
  const [name] = (endpoint && hostOf(endpoint, world))?.split(".") ?? [];
  return endpoint && name ? { name, address: propertiesOf(endpoint).address ?? "" } : undefined;
}

/** The records of a private DNS zone. None can be written here: there are only those of zone groups. */
export const addressRecords: ResourceType = {
  name: `${zoneType}/A`,
  apiVersions: dnsVersions,
  body: structure({
    etag: readOnly,
    properties: structure({
      ttl: whole({ min: 0 }),
      fqdn: readOnly,
      isAutoRegistered: flag,
      aRecords: list(structure({ ipv4Address: text() })),
      metadata: anything,
    }),
  }),
  reading: {
    find: (id, world) =>
      recordsIn(parentOf(id), world).find((record) => record.id.toLowerCase() === id.toLowerCase()),
    list: (zone, { world }) => recordsIn(zone, world),
  },
};

export function recordsIn(zoneId: string, world: World): Resource[] {
  const zone = find(world, zoneId);
  if (!zone) return [];
  const writes = (group: Resource) =>
    configsOf(group).some(
      ({ properties }) => properties?.privateDnsZoneId?.toLowerCase() === zone.id.toLowerCase(),
    );
  return ofType(world, zoneGroupType)
    .filter(writes)
    .flatMap((group): Resource[] => {
      const record = recordOf(group, world);
      if (!record) return [];
      const { createdAt, updatedAt } = group;
      const properties = {
        ttl: 10,
        fqdn: `${record.name}.${zone.name}.`,
        isAutoRegistered: false,
        aRecords: [{ ipv4Address: record.address }],
        metadata: { creator: `created by private endpoint ${parentOf(group.id)}` },
      };
      return [
        {
          id: `${zone.id}/A/${record.name}`,
          type: `${zoneType}/A`,
          name: record.name,
          body: { properties },
          createdAt,
          updatedAt,
        },
      ];
    });
}
