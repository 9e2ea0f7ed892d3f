import { nearest } from "../wording/suggest.ts";

/** The source of a table's events. Tables of one group are placed together if possible. */
type TableGroup = "endpoint" | "email" | "identity" | "alerts" | "cloud apps";

/** Which portal page offers the tables: the one of Defender XDR, or of Defender for Endpoint alone. */
export const products = ["xdr", "endpoint"] as const;
export type Product = (typeof products)[number];

/** An advanced-hunting table that Defender can stream. */
export interface Table {
  readonly name: string;
  readonly group: TableGroup;
  /**
   * `documented`: generally available in all clouds (supported-event-types.md, MicrosoftDocs/defender-docs).
   * `observed`: in no list of Microsoft's, but seen in tenants' streams (elastic/integrations#17230, rknightion/graph2otel).
   */
  readonly status: "documented" | "observed";
  /**
   * Whether Defender adds `MachineGroup` to its records. The documentation says "every event"; streamed records show it on
   * device and alert tables only.
   */
  readonly machineGroup: boolean;
  /** Size of one streamed record in bytes, smallest and largest typical; measured on published records, undefined where none was. */
  readonly recordBytes: readonly [smallest: number, largest: number] | undefined;
}

/** The generally available tables, related ones together. Plans list tables in this order. */
export const catalog: readonly Table[] = [
  documented("DeviceInfo", "endpoint", 900, 1500),
  documented("DeviceNetworkInfo", "endpoint", 900, 1000),
  documented("DeviceProcessEvents", "endpoint", 3100, 4700),
  documented("DeviceNetworkEvents", "endpoint", 1900, 2700),
  documented("DeviceFileEvents", "endpoint", 2600, 2800),
  documented("DeviceRegistryEvents", "endpoint", 1300, 2700),
  documented("DeviceLogonEvents", "endpoint", 1900, 4200),
  documented("DeviceImageLoadEvents", "endpoint", 2100, 2400),
  documented("DeviceEvents", "endpoint", 1600, 6600),
  documented("DeviceFileCertificateInfo", "endpoint", 1000, 1000),
  documented("EmailEvents", "email", 1400, 1700),
  documented("EmailAttachmentInfo", "email", 900, 900),
  documented("EmailUrlInfo", "email", 500, 700),
  documented("EmailPostDeliveryEvents", "email", 700, 800),
  documented("UrlClickEvents", "email", 700, 2300),
  documented("IdentityLogonEvents", "identity", 1200, 2300),
  documented("IdentityQueryEvents", "identity", 1300, 1300),
  documented("IdentityDirectoryEvents", "identity"),
  documented("AlertInfo", "alerts", 500, 500),
  documented("AlertEvidence", "alerts", 1600, 9700),
  documented("CloudAppEvents", "cloud apps", 1900, 10700),
];

/** Undocumented tables that were seen in streams. They are in no preset and must be named. */
export const observedTables: readonly Table[] = [
  observed("MessageEvents", "email", 1200, 1400),
  observed("MessageUrlInfo", "email"),
  observed("MessagePostDeliveryEvents", "email"),
  observed("IdentityInfo", "identity", 1200, 1500),
  observed("BehaviorInfo", "alerts"),
  observed("BehaviorEntities", "alerts"),
  observed("CloudAuditEvents", "cloud apps"),
  observed("CloudProcessEvents", "cloud apps"),
  observed("CloudStorageAggregatedEvents", "cloud apps"),
];

const known: readonly Table[] = [...catalog, ...observedTables];
const byLowerCaseName = new Map(known.map((table) => [table.name.toLowerCase(), table]));

/** What is streamed if no tables are named: all documented tables, or the device tables. */
export const presets: Readonly<Record<Product, readonly string[]>> = {
  xdr: catalog.map(({ name }) => name),
  endpoint: catalog.filter(({ group }) => group === "endpoint").map(({ name }) => name),
};

/** Known tables that the product does not stream. Undocumented ones belong to Defender XDR. */
export function foreignTables(product: Product | undefined, tables: readonly string[]): string[] {
  return product === "endpoint"
    ? tables.filter((table) => tableNamed(table) !== undefined && !presets.endpoint.includes(table))
    : [];
}

/** Names that are accepted under `unlisted`. */
export const unlistedTableName = /^[A-Z][A-Za-z0-9]{0,127}$/;

/** The table of that name, documented or observed; letter case is ignored. */
export function tableNamed(name: string): Table | undefined {
  return byLowerCaseName.get(name.toLowerCase());
}

/** The table most likely meant by a name that is in neither list. Also recognizes a category or a hub name. */
export function tableMeantBy(name: string): string | undefined {
  const bare = name.trim().replace(/^(insights-logs-)?advancedhunting-/i, "");
  return (
    tableNamed(bare)?.name ??
    nearest(
      bare,
      known.map((table) => table.name),
    )
  );
}

/** The category of a table's records, e.g. `AdvancedHunting-DeviceInfo` (streaming-api-event-hub.md, MicrosoftDocs/defender-docs). */
export function categoryOf(table: string): string {
  return `AdvancedHunting-${table}`;
}

/**
 * The hub or container that Defender writes a table to when the portal's hub name is left blank, e.g.
 * `insights-logs-advancedhunting-deviceinfo`. Undocumented; observed in tenants, and a hub created in advance is used.
 */
export function hubNameOf(table: string): string {
  return `insights-logs-${categoryOf(table)}`.toLowerCase();
}

/** A hub's or container's name without what all of Defender's begin with: `deviceinfo`. Part of other names. */
export function shortHubName(name: string): string {
  return name.replace(hubNameOf(""), "");
}

/** Names in catalog order: documented tables, then observed ones, then unlisted ones by name. */
export function inCatalogOrder(tables: Iterable<string>): string[] {
  const rank = (name: string) => {
    const index = known.findIndex((table) => table.name === name);
    return index < 0 ? known.length : index;
  };
  return [...tables].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function documented(name: string, group: TableGroup, smallest?: number, largest?: number): Table {
  return table(name, group, "documented", smallest, largest);
}

function observed(name: string, group: TableGroup, smallest?: number, largest?: number): Table {
  return table(name, group, "observed", smallest, largest);
}

function table(
  name: string,
  group: TableGroup,
  status: Table["status"],
  smallest?: number,
  largest?: number,
): Table {
  const machineGroup = status === "documented" && (group === "endpoint" || group === "alerts");
  const recordBytes =
    smallest === undefined || largest === undefined ? undefined : ([smallest, largest] as const);
  return { name, group, status, machineGroup, recordBytes };
}
