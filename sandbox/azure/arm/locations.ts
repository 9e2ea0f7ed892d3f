interface Location {
  readonly name: string;
  readonly displayName: string;
  /** Has availability zones (MicrosoftDocs/azure-docs, reliability/availability-zones-region-support.md). */
  readonly zones: boolean;
}

const zonal = [
  ..."Australia East,Austria East,Brazil South,Canada Central,Central India,Central US,Chile Central,East Asia,East US".split(
    ",",
  ),
  ..."East US 2,France Central,Germany West Central,Indonesia Central,Israel Central,Italy North,Japan East".split(
    ",",
  ),
  ..."Japan West,Korea Central,Malaysia West,Mexico Central,New Zealand North,North Europe,Norway East".split(
    ",",
  ),
  ..."Poland Central,Qatar Central,South Africa North,South Central US,Southeast Asia,Spain Central".split(
    ",",
  ),
  ..."Sweden Central,Switzerland North,UAE North,UK South,West Europe,West US 2,West US 3".split(","),
];
const others = [
  ..."Australia Central,Australia Southeast,Canada East,France South,Germany North,Korea South".split(","),
  ..."North Central US,Norway West,South Africa West,South India,Sweden South,Switzerland West".split(","),
  ..."UAE Central,UK West,West Central US,West India,West US".split(","),
];

/** Azure Government's, which is another cloud: here one subscription has both. */
const government = [
  { displayName: "US Gov Virginia", zones: true },
  ...["US Gov Arizona", "US Gov Texas", "US DoD Central", "US DoD East"].map((displayName) => ({
    displayName,
    zones: false,
  })),
];

/** Azure's public regions, and the government's. */
export const locations: readonly Location[] = [
  ...zonal.map((displayName) => ({ name: compact(displayName), displayName, zones: true })),
  ...others.map((displayName) => ({ name: compact(displayName), displayName, zones: false })),
  ...government.map((location) => ({ name: compact(location.displayName), ...location })),
];

const byName = new Map(locations.map((location) => [location.name, location]));

/** A region by its name or display name, in any letter case. */
export function findLocation(text: string): Location | undefined {
  return byName.get(compact(text));
}

function compact(text: string): string {
  return text.replaceAll(" ", "").toLowerCase();
}
