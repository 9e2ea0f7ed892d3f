import { clouds, type Cloud } from "../cloud/clouds.ts";
import type { DestinationKind } from "../defender/destinations.ts";

/** Private endpoints for all destinations, in one subnet. */
export interface PrivateEndpoints {
  /** The ARM id of the subnet that they get their addresses from. */
  readonly subnetId: string;
  /**
   * Where their names are written: zones made here, which the subnet's virtual network then resolves (`create`), existing zones
   * by their ARM ids, or nowhere because others do it (`none`).
   */
  readonly dnsZones: "create" | "none" | Partial<Readonly<Record<DestinationKind, string | undefined>>>;
}

/** The part of a destination that an endpoint leads to (private-endpoint-overview.md, MicrosoftDocs/azure-docs). */
export const groupIds: Readonly<Record<DestinationKind, string>> = {
  eventHub: "namespace",
  storage: "blob",
};

/** The private DNS zone that the destination's host names resolve in (private-endpoint-dns.md, MicrosoftDocs/azure-docs). */
export function zoneNameFor(kind: DestinationKind, cloud: Cloud = "public"): string {
  const { eventHubsSuffix, storageSuffix } = clouds[cloud];
  return `privatelink.${kind === "eventHub" ? eventHubsSuffix : `blob.${storageSuffix}`}`;
}
