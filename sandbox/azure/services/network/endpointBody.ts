import type { Resource } from "../../state.ts";

export const privateEndpointType = "Microsoft.Network/privateEndpoints";

/** A private endpoint's connection to its target. */
export interface Connection {
  readonly name?: string;
  readonly properties?: {
    readonly privateLinkServiceId?: string;
    readonly groupIds?: readonly string[];
    readonly requestMessage?: string;
  };
}

/** What is stored of a private endpoint. */
export interface EndpointProperties {
  readonly subnet?: { readonly id?: string };
  readonly privateLinkServiceConnections?: readonly Connection[];
  /** Those that somebody else has to approve. */
  readonly manualPrivateLinkServiceConnections?: readonly Connection[];
  /** Its private address: no member of an answer, but a part of several members. */
  readonly address?: string;
}

export const propertiesOf = ({ body }: Resource) => body.properties as EndpointProperties;
export const subnetIdOf = (endpoint: Resource) => propertiesOf(endpoint).subnet?.id ?? "";

/** Its one connection: Azure's own services take one. */
export function connectionOf(properties: EndpointProperties): Connection | undefined {
  return [
    ...(properties.privateLinkServiceConnections ?? []),
    ...(properties.manualPrivateLinkServiceConnections ?? []),
  ][0];
}

/** The id of its target. */
export const targetIdOf = (properties: EndpointProperties) =>
  connectionOf(properties)?.properties?.privateLinkServiceId ?? "";
