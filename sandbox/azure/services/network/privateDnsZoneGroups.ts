import { ArmError } from "../../arm/error.ts";
import { find, under } from "../../arm/inventory.ts";
import { parentOf } from "../../arm/resourceId.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { list, readOnly, structure, text } from "../../arm/shape.ts";
import { operationsIn } from "./operations.ts";
import { recordOf } from "./records.ts";
import { versions } from "./versions.ts";
import { configsOf, zoneGroupType, zoneType } from "./zoneGroupBody.ts";

/** Has the endpoint's name written into private DNS zones, and keeps it there. */
export const privateDnsZoneGroups: ResourceType = {
  name: zoneGroupType,
  apiVersions: versions,
  body: structure({
    etag: readOnly,
    properties: structure({
      privateDnsZoneConfigs: list(
        structure({
          id: readOnly,
          type: readOnly,
          etag: readOnly,
          name: text(),
          properties: structure({ privateDnsZoneId: text(), recordSets: readOnly }),
        }),
      ),
      provisioningState: readOnly,
    }),
  }),
  writing: {
    links: [{ to: "properties.privateDnsZoneConfigs.[].properties.privateDnsZoneId", action: "join/action" }],
    status: { created: 201, updated: 200 },
    prepare,
  },
  lifecycle: {
    creating: "Updating",
    updating: "Updating",
    operations: ({ id }, world) => operationsIn(find(world, parentOf(id))),
  },
  deletion: { later: true },
  reading: {
    present: (group, { world }) => {
      const record = recordOf(group, world);
      return {
        properties: {
          privateDnsZoneConfigs: configsOf(group).map(({ name = "", properties }) => ({
            name,
            id: `${group.id}/privateDnsZoneConfigs/${name}`,
            properties: {
              ...properties,
              recordSets: record
                ? [
                    {
                      recordType: "A",
                      recordSetName: record.name,
                      fqdn: `${record.name}.${properties?.privateDnsZoneId?.split("/").at(-1) ?? ""}`,
                      ttl: 10,
                      provisioningState: "Succeeded",
                      ipAddresses: [record.address],
                    },
                  ]
                : [],
            },
          })),
        },
      };
    },
  },
};

function prepare({ id, body, parent, existing, world }: Write): void {
  // Azure/azure-cli #14729
  if (!existing && under(world, parent, zoneGroupType).length > 0) {
    throw new ArmError(
      400,
      "MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed",
      `Private endpoint ${parent} can have at most one private DNS zone group.`,
    );
  }
  for (const { properties } of configsOf({ body })) {
    const zoneId = properties?.privateDnsZoneId ?? "";
    if (find(world, zoneId)?.type === zoneType) continue;
    throw new ArmError(
      400,
      "InvalidResourceReference",
      `Resource ${zoneId} referenced by resource ${id} was not found.`,
    );
  }
}
