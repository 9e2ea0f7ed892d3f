import { ArmError } from "../../arm/error.ts";
import { keep, remove, under } from "../../arm/inventory.ts";
import { present } from "../../arm/present.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import {
  anything,
  dictionary,
  flag,
  list,
  oneOf,
  readOnly,
  required,
  structure,
  text,
  whole,
} from "../../arm/shape.ts";
import { rangeOf } from "./ipv4.ts";
import { checkSubnet, completed, subnetProperties, subnets } from "./subnets.ts";
import { refuseWhileInUse, subnetType } from "./subnetUse.ts";
import { operationsIn } from "./operations.ts";
import { versions } from "./versions.ts";

interface InlineSubnet {
  readonly name: string;
  readonly properties?: Record<string, unknown>;
}

/** Its subnets are resources below it; a PUT that lists them says which exist. */
export const virtualNetworks: ResourceType = {
  name: "Microsoft.Network/virtualNetworks",
  apiVersions: versions,
  tracked: "regional",
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    extendedLocation: anything,
    etag: readOnly,
    properties: structure({
      addressSpace: required(
        structure({ addressPrefixes: list(text()), ipamPoolPrefixAllocations: list(anything) }),
      ),
      dhcpOptions: structure({ dnsServers: list(text()) }),
      flowTimeoutInMinutes: whole({ min: 4, max: 30 }),
      subnets: list(
        structure({
          id: text(),
          name: required(text()),
          type: text(),
          etag: readOnly,
          properties: subnetProperties,
        }),
      ),
      virtualNetworkPeerings: list(anything),
      enableDdosProtection: flag,
      enableVmProtection: flag,
      ddosProtectionPlan: anything,
      bgpCommunities: anything,
      encryption: anything,
      ipAllocations: list(anything),
      privateEndpointVNetPolicies: oneOf("Disabled", "Basic"),
      resourceGuid: readOnly,
      provisioningState: readOnly,
      flowLogs: readOnly,
    }),
  }),
  writing: { status: { created: 201, updated: 200 }, prepare },
  lifecycle: { creating: "Updating", updating: "Updating", operations: operationsIn },
  deletion: {
    later: true,
    before: ({ id }, world) => {
      for (const subnet of under(world, id, subnetType)) refuseWhileInUse(subnet, world);
    },
  },
  reading: {
    present: ({ id }, view) => ({
      properties: {
        subnets: under(view.world, id, subnetType).map((subnet) => present(subnets, subnet, view)),
        virtualNetworkPeerings: [],
        enableDdosProtection: false,
      },
    }),
  },
};

function prepare({ id, name, body, world }: Write): void {
  const { subnets: listed, ...properties } = body.properties;
  const { addressPrefixes = [] } = properties["addressSpace"] as { addressPrefixes?: string[] };
  const wrong = addressPrefixes.find((prefix) => !rangeOf(prefix));
  if (wrong !== undefined) throw invalidPrefix(wrong, id);
  body.properties = properties;
  if (listed === undefined) return;

  const asked = (listed as readonly InlineSubnet[]).map((subnet) => ({
    name: subnet.name,
    body: { properties: completed(subnet.properties ?? {}) },
  }));
  asked.forEach((subnet, index) => {
    checkSubnet(subnet.name, subnet.body.properties, { name, body }, asked.slice(0, index));
  });
  const keyOf = (subnet: { readonly name: string }) => subnet.name.toLowerCase();
  const wanted = new Set(asked.map(keyOf));
  const gone = under(world, id, subnetType).filter((subnet) => !wanted.has(keyOf(subnet)));
  for (const subnet of gone) refuseWhileInUse(subnet, world);
  for (const subnet of gone) remove(world, subnet.id);
  const now = new Date(world.now()).toISOString();
  for (const subnet of asked) {
    const about = { type: subnetType, createdAt: now, updatedAt: now };
    keep(world, { id: `${id}/subnets/${subnet.name}`, ...subnet, ...about });
  }
}

function invalidPrefix(prefix: string, id: string): ArmError {
  return new ArmError(
    400,
    "InvalidCIDRNotation",
    `The address prefix ${prefix} in resource ${id} has an invalid CIDR notation. For the given prefix length, the address prefix should be the first address of the range.`,
  );
}
