import { type Cloud, clouds } from "../cloud/clouds.ts";
import type { Portal } from "../outputs.ts";
import type { Product } from "./tables.ts";

/**
 * The same settings, and two pages for them: Defender XDR's Streaming API (configure-event-hub.md and
 * streaming-api-storage.md) and Defender for Endpoint's data export settings (raw-data-export-event-hub.md and
 * raw-data-export-storage.md, all MicrosoftDocs/defender-docs). It is unverified that other clouds use the same paths.
 */
const pages: Readonly<Record<Product, Omit<Portal, "url"> & { readonly path: string }>> = {
  xdr: {
    path: "/settings/mtp_settings/raw_data_export",
    otherUrls: [],
    page: "Streaming API",
    menu: "Settings > Microsoft Defender XDR > Streaming API",
    add: "Add",
    save: "Submit",
    fields: {
      name: "Name",
      eventTypes: "Event types",
      eventHub: {
        choice: "Forward events to Event Hub",
        resourceId: "Event-Hub resource ID",
        hubName: "Event-Hub name",
      },
      storage: { choice: "Forward events to Azure Storage", resourceId: "Storage Account Resource ID" },
    },
    recordTime: "the time Microsoft Defender XDR received the event",
  },
  endpoint: {
    path: "/securitysettings/defender/raw_data_export",
    otherUrls: ["/interoperability/dataexport", "/settings/mtp_settings/raw_data_export"],
    page: "Data export settings",
    menu: "",
    add: "Add data export settings",
    save: "Save",
    fields: {
      name: "Name",
      eventTypes: "Event types",
      eventHub: {
        choice: "Forward events to Azure Event Hubs",
        resourceId: "Event Hubs resource ID",
        hubName: "Event Hubs name",
      },
      storage: { choice: "Forward events to Azure Storage", resourceId: "Storage Account Resource ID" },
    },
    recordTime: "the time Defender for Endpoint (WDATP) received the event",
  },
};

/** The portal page for the export settings of a product in a cloud. */
export function portalOf(product: Product, cloud: Cloud): Portal {
  const { path, otherUrls, ...page } = pages[product];
  const at = (one: string) => `${clouds[cloud].defenderPortal}${one}`;
  return { url: at(path), otherUrls: otherUrls.map(at), ...page };
}
