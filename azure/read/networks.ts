import {
  networkIdsIn,
  type ExistingNetwork,
  type ExistingVirtualNetwork,
} from "../../streaming/network/existingNetwork.ts";
import type { Unread } from "../../streaming/cloud/unread.ts";
import { readById, type ArmResource } from "./byId.ts";
import type { Reader } from "./reader.ts";

/** What ARM tells of a virtual network, as far as it is needed here. */
interface NetworkProperties {
  readonly subnets?: readonly {
    readonly name?: string;
    readonly properties?: { readonly serviceEndpoints?: readonly { readonly service?: string }[] };
  }[];
}

/** Reads the virtual networks and private DNS zones that a sound request names; nothing when it names none. */
export const readNetworks: Reader<ExistingNetwork> = async (request, _last, { cloud }) => {
  const { virtualNetworks, zones } = networkIdsIn(request);
  const each = async <Result>(
    ids: readonly string[],
    apiVersion: string,
    found: (resource: ArmResource) => Result,
  ): Promise<Record<string, Result | Unread>> => {
    const read = ids.map(async (id) => {
      const resource = await readById(id, apiVersion, cloud);
      return [id, typeof resource === "string" ? resource : found(resource)] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  };
  return {
    virtualNetworks: await each(virtualNetworks, "2024-05-01", virtualNetwork),
    zones: await each(zones, "2024-06-01", () => "there" as const),
  };
};

function virtualNetwork({ location = "", properties = {} }: ArmResource): ExistingVirtualNetwork {
  const { subnets = [] } = properties as NetworkProperties;
  return {
    location,
    subnets: subnets.map(({ name = "", properties: inner }) => ({
      name,
      serviceEndpoints: (inner?.serviceEndpoints ?? []).flatMap(({ service }) => service ?? []),
    })),
  };
}
