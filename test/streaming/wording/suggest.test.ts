import { expect, test } from "vitest";
import { nearest, slips } from "../../../streaming/wording/suggest.ts";

test.each([
  ["same", "same", 0],
  ["retentionHour", "retentionHours", 1],
  ["teir", "tier", 1],
  ["", "abc", 3],
])("%s and %s are %i slips apart", (a, b, count) => {
  expect(slips(a, b)).toBe(count);
});

test("the nearest name wins, letter case ignored", () => {
  expect(nearest("STANDRD", ["Basic", "Standard", "Premium"])).toBe("Standard");
});

test("nothing is suggested when nothing is near", () => {
  expect(nearest("zone", ["Basic", "Standard"])).toBeUndefined();
});
