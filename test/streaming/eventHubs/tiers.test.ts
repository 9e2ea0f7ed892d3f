import { expect, test } from "vitest";
import { changesInPlace, hubsAllowed } from "../../../streaming/eventHubs/tiers.ts";

test("Premium holds a hundred hubs for each unit, the shared tiers ten in all", () => {
  expect(hubsAllowed("Premium", 2)).toBe(200);
  expect(hubsAllowed("Standard", 20)).toBe(10);
  expect(hubsAllowed("Dedicated", 1)).toBe(1000);
});

test("only Basic and Standard change into each other in place", () => {
  expect(changesInPlace("Basic", "Standard")).toBe(true);
  expect(changesInPlace("Standard", "Premium")).toBe(false);
  expect(changesInPlace("Premium", "Dedicated")).toBe(false);
});
