import {
  networkIdsIn,
  type ExistingNetwork,
  type ExistingVirtualNetwork,
} from "../../streaming/network/existingNetwork.ts";
import type { Found } from "../../streaming/cloud/found.ts";
import { apiVersions } from "../apiVersions.ts";
import type { ArmResource } from "../arm.ts";
import { found } from "../found.ts";
import type { Reader } from "./reader.ts";

/** What ARM returns for a virtual network, as far as it is needed here. */
interface NetworkProperties {
  readonly subnets?: readonly {
    readonly name?: string;
    readonly properties?: { readonly serviceEndpoints?: readonly { readonly service?: string }[] };
  }[];
}

/** Reads the virtual networks and private DNS zones that a sound request names. */
export const readNetworks: Reader<ExistingNetwork> = async (request, _last, { arm }) => {
  const { virtualNetworks, zones } = networkIdsIn(request);
  const each = async <Facts>(
    ids: readonly string[],
    apiVersion: string,
    facts: (resource: ArmResource) => Facts,
  ): Promise<Record<string, Found<Facts>>> => {
    const read = ids.map(
      async (id) => [id, await found(async () => facts(await arm.get<ArmResource>(id, apiVersion)))] as const,
    );
    return Object.fromEntries(await Promise.all(read));
  };
  return {
    virtualNetworks: await each(virtualNetworks, apiVersions.virtualNetwork, virtualNetwork),
    zones: await each(zones, apiVersions.privateDns, () => "there" as const),
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
