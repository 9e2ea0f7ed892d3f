import { clouds, type Cloud } from "../cloud/clouds.ts";
import type { Destination } from "../defender/destinations.ts";

/** What happens to the DNS zones if no existing ones are named. */
export const zoneHandlings = ["create", "none"] as const;

/** Private endpoints for all destinations, in one subnet. */
export interface PrivateEndpoints {
  /** The ARM id of the subnet for their addresses. */
  readonly subnetId: string;
  /**
   * Where their DNS records go: new zones that are linked to the subnet's virtual network (`create`), existing zones by their
   * ARM ids, or nowhere (`none`).
   */
  readonly dnsZones:
    (typeof zoneHandlings)[number] | Partial<Readonly<Record<Destination, string | undefined>>>;
}

/** The part of a destination that an endpoint connects to (private-endpoint-overview.md, MicrosoftDocs/azure-docs). */
export const groupIds: Readonly<Record<Destination, string>> = {
  eventHub: "namespace",
  storage: "blob",
};

/** The private DNS zone that the destination's host names resolve in (private-endpoint-dns.md, MicrosoftDocs/azure-docs). */
export function zoneNameFor(kind: Destination, cloud: Cloud = "public"): string {
  const { eventHubsSuffix, storageSuffix } = clouds[cloud];
  return `privatelink.${kind === "eventHub" ? eventHubsSuffix : `blob.${storageSuffix}`}`;
}
