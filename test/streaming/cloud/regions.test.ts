import { describe, expect, test } from "vitest";
import { hasZones, locationMistakes, normalizeLocation } from "../../../streaming/cloud/regions.ts";

test("a display name and the short form are the same region", () => {
  expect(normalizeLocation("West Europe")).toBe("westeurope");
});

test("only regions known to have zones have them", () => {
  expect(hasZones("West Europe")).toBe(true);
  expect(hasZones("westus")).toBe(false);
  expect(hasZones("marscentral")).toBe(false);
});

describe("a location", () => {
  const key = "azure-native:location";

  test.each(["westeurope", "westus", "eastus2", "westus4", "marscentral"])("%s is accepted", (location) => {
    expect(locationMistakes(key, location)).toEqual([]);
  });

  test.each([
    [undefined, "azure-native:location: "],
    ["", "azure-native:location: "],
    ["West Europe", "azure-native:location: westeurope`"],
    ["WestEurope", "azure-native:location: westeurope`"],
    ["Mars Central", "azure-native:location: marscentral`"],
    ["westeurop", "azure-native:location: westeurope`"],
    ["wseteurope", "azure-native:location: westeurope`"],
    ["EUW#1", "azure-native:location: "],
  ])("%s is refused with a fix", (location, fix) => {
    expect(locationMistakes(key, location)).toEqual([
      expect.objectContaining({ key, value: location, fix: expect.stringContaining(fix) as string }),
    ]);
  });
});
