import { ArmError } from "../../arm/error.ts";
import { find, ofType, under } from "../../arm/inventory.ts";
import { parentOf } from "../../arm/resourceId.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { dictionary, flag, oneOf, readOnly, since, structure, text } from "../../arm/shape.ts";
import type { Resource } from "../../state.ts";
import { zoneType } from "./zoneGroupBody.ts";
import { dnsOperationsIn } from "./operations.ts";
import { recordsIn } from "./records.ts";
import { dnsVersions } from "./versions.ts";

const linkType = `${zoneType}/virtualNetworkLinks`;

export const privateDnsZones: ResourceType = {
  name: zoneType,
  apiVersions: dnsVersions,
  tracked: "global",
  naming: {
    check(name) {
      if (/^([\w-]{1,63}\.)+[\w-]{1,63}$/.test(name)) return;
      throw new ArmError(
        400,
        "BadRequest",
        `The domain name '${name}' is invalid. A private DNS zone has two labels or more.`,
      );
    },
  },
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    etag: text(),
    properties: structure({
      maxNumberOfRecordSets: readOnly,
      numberOfRecordSets: readOnly,
      maxNumberOfVirtualNetworkLinks: readOnly,
      numberOfVirtualNetworkLinks: readOnly,
      maxNumberOfVirtualNetworkLinksWithRegistration: readOnly,
      numberOfVirtualNetworkLinksWithRegistration: readOnly,
      provisioningState: readOnly,
      internalId: readOnly,
    }),
  }),
  writing: { patch: true, status: { created: 201, updated: 200 } },
  lifecycle: { creating: "Updating", operations: dnsOperationsIn },
  deletion: {
    later: true,
    // learntocloud/networking-lab #8
    before: (zone, world) => {
      const [link] = under(world, zone.id, linkType);
      if (!link) return;
      throw new ArmError(
        409,
        "CannotDeleteResource",
        `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${link.id.replace(/^.*\/providers\//i, "")}'. Please delete all nested resources before deleting this resource.`,
      );
    },
  },
  reading: {
    present: (zone, { world }) => ({
      properties: {
        maxNumberOfRecordSets: 25000,
        // One is the zone's own (SOA).
        numberOfRecordSets: 1 + recordsIn(zone.id, world).length,
        maxNumberOfVirtualNetworkLinks: 1000,
        numberOfVirtualNetworkLinks: under(world, zone.id, linkType).length,
        maxNumberOfVirtualNetworkLinksWithRegistration: 100,
        numberOfVirtualNetworkLinksWithRegistration: 0,
      },
    }),
  },
};

/** Has a virtual network resolve the zone's names. */
export const virtualNetworkLinks: ResourceType = {
  name: linkType,
  apiVersions: dnsVersions,
  tracked: "global",
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    etag: text(),
    properties: structure({
      virtualNetwork: structure({ id: text() }),
      registrationEnabled: flag,
      resolutionPolicy: since("2024-06-01", oneOf("Default", "NxDomainRedirect")),
      virtualNetworkLinkState: readOnly,
      provisioningState: readOnly,
    }),
  }),
  writing: {
    links: [{ to: "properties.virtualNetwork.id", action: "join/action" }],
    patch: true,
    status: { created: 201, updated: 200 },
    prepare: refuseOverlap,
  },
  lifecycle: { creating: "Updating", operations: dnsOperationsIn },
  deletion: { later: true },
  reading: { present: () => ({ properties: { virtualNetworkLinkState: "Completed" } }) },
};

const networkIdOf = ({ body }: Pick<Resource, "body">) =>
  ((body.properties?.["virtualNetwork"] ?? {}) as { id?: string }).id ?? "";

/** A network resolves one zone of a name (MicrosoftDocs/azure-aks-docs #212). */
function refuseOverlap({ id, body, parent, world }: Write): void {
  const networkId = networkIdOf({ body });
  if (find(world, networkId)?.type !== "Microsoft.Network/virtualNetworks") {
    throw new ArmError(400, "BadRequest", `The virtual network '${networkId}' was not found.`);
  }
  const zone = find(world, parent);
  const other = ofType(world, linkType).find(
    (link) =>
      link.id.toLowerCase() !== id.toLowerCase() &&
      networkIdOf(link).toLowerCase() === networkId.toLowerCase() &&
      find(world, parentOf(link.id))?.name.toLowerCase() === zone?.name.toLowerCase(),
  );
  if (!other) return;
  throw new ArmError(
    400,
    "BadRequest",
    `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone?.name ?? ""}' and '${zone?.name ?? ""}' zones.`,
  );
}
