import type { Mistake } from "../wording/mistakes.ts";
import { slips } from "../wording/suggest.ts";

/** Regions with availability zones (regions-list.md, MicrosoftDocs/azure-docs, 03/21/2025; US Gov Virginia from its predecessor). */
const zonal = [
  "australiaeast",
  "brazilsouth",
  "canadacentral",
  "centralindia",
  "centralus",
  "eastasia",
  "eastus",
  "eastus2",
  "francecentral",
  "germanywestcentral",
  "israelcentral",
  "italynorth",
  "japaneast",
  "japanwest",
  "koreacentral",
  "mexicocentral",
  "newzealandnorth",
  "northeurope",
  "norwayeast",
  "polandcentral",
  "qatarcentral",
  "southafricanorth",
  "southcentralus",
  "southeastasia",
  "spaincentral",
  "swedencentral",
  "switzerlandnorth",
  "uaenorth",
  "uksouth",
  "usgovvirginia",
  "westeurope",
  "westus2",
  "westus3",
];

/** The other regions of that list, and the US Government's. They help to recognize a typing error; a new region is never refused. */
const others = [
  "australiacentral",
  "australiacentral2",
  "australiasoutheast",
  "austriaeast",
  "brazilsoutheast",
  "canadaeast",
  "francesouth",
  "germanynorth",
  "indonesiacentral",
  "koreasouth",
  "northcentralus",
  "norwaywest",
  "southafricawest",
  "southindia",
  "swedensouth",
  "switzerlandwest",
  "uaecentral",
  "ukwest",
  "westcentralus",
  "westindia",
  "westus",
  "usgovarizona",
  "usgovtexas",
  "usdodcentral",
  "usdodeast",
];

const zonalRegions = new Set(zonal);
const knownRegions = new Set([...zonal, ...others]);

/** A region's name in its short form: `West Europe` → `westeurope`. Azure answers with display names. */
export function normalizeLocation(location: string): string {
  return location.toLowerCase().replaceAll(/[\s_-]/g, "");
}

/**
 * Whether the region is known to have availability zones. False also means "unknown": then leave `zoneRedundant` out. If false is
 * sent, Azure may record it where it would have chosen zones itself.
 */
export function hasZones(location: string): boolean {
  return zonalRegions.has(normalizeLocation(location));
}

/** What is wrong with a location. A well-formed name that is unlike all known ones is accepted: new regions appear every year. */
export function locationMistakes(key: string, location: string | undefined): Mistake[] {
  const rule = "It must be an Azure region, as one lower-case word. It has no default.";
  const write = (region: string) => `Write \`${key}: ${region}\`.`;
  if (location === undefined || location.trim() === "") {
    return [{ key, value: location, rule, fix: `${write("westeurope")} Choose your region.` }];
  }
  const normalized = normalizeLocation(location);
  const meant = knownRegions.has(normalized) ? normalized : regionMeantBy(normalized);
  if (meant === location) return [];
  if (meant !== undefined) return [{ key, value: location, rule, fix: write(meant) }];
  if (/^[a-z]+[0-9]*$/.test(location)) return [];
  const wellFormed = /^[a-z]+[0-9]*$/.test(normalized);
  return [{ key, value: location, rule, fix: write(wellFormed ? normalized : "westeurope") }];
}

/** A known region with one typing error. A different digit is not an error: `westus4` may be new. */
function regionMeantBy(name: string): string | undefined {
  const letters = (text: string) => text.replaceAll(/[0-9]/g, "");
  return [...knownRegions].find((region) => letters(region) !== letters(name) && slips(region, name) === 1);
}
