import type { Resource } from "../../state.ts";
import { privateEndpointType } from "./endpointBody.ts";

export const zoneGroupType = `${privateEndpointType}/privateDnsZoneGroups`;
export const zoneType = "Microsoft.Network/privateDnsZones";

/** A zone that the endpoint's name is written into. */
export interface ZoneConfig {
  readonly name?: string;
  readonly properties?: { readonly privateDnsZoneId?: string };
}

export const configsOf = ({ body }: Pick<Resource, "body">) =>
  (body.properties?.["privateDnsZoneConfigs"] ?? []) as readonly ZoneConfig[];
