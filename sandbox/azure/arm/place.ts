import { ArmError } from "./error.ts";
import { findLocation, locations } from "./locations.ts";

/**
 * The location of a tracked resource, as ARM's own name for it (`westus` for `West US`).
 * @param known where it already is; undefined: it is new
 * @throws ArmError when there is none, when it is no region, or when it would move
 */
export function place(
  asked: string | undefined,
  known: string | undefined,
  resource: { readonly type: string; readonly name: string; readonly group: string },
): string {
  const name = regionOf(asked, resource.type);
  if (known === undefined || known === name) return name;
  throw new ArmError(
    409,
    "InvalidResourceLocation",
    `The resource '${resource.name}' already exists in location '${known}' in resource group '${resource.group}'. A resource with the same name cannot be created in location '${name}'. Please select a new resource name.`,
  );
}

/** @throws ArmError when there is none, or it is a region */
export function placeGlobally(asked: string | undefined, type: string): string {
  if (asked === undefined) throw locationRequired();
  if (asked.toLowerCase() === "global") return "global";
  throw notAvailable(asked, type, ["global"]);
}

/** @throws ArmError when there is none or it is no region */
export function regionOf(asked: string | undefined, type: string): string {
  if (asked === undefined) throw locationRequired();
  const location = findLocation(asked);
  if (location) return location.name;
  throw notAvailable(
    asked,
    type,
    locations.map(({ name }) => name),
  );
}

function locationRequired(): ArmError {
  return new ArmError(400, "LocationRequired", "The location property is required for this definition.");
}

function notAvailable(asked: string, type: string, available: readonly string[]): ArmError {
  return new ArmError(
    400,
    "LocationNotAvailableForResourceType",
    `The provided location '${asked}' is not available for resource type '${type}'. List of available regions for the resource type is '${available.join(",")}'.`,
  );
}
