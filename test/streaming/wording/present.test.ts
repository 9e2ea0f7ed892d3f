import { expect, test } from "vitest";
import { present } from "../../../streaming/wording/present.ts";

test("a key that is undefined overwrites no default", () => {
  const defaults = { units: 1, zones: true };
  expect({ ...defaults, ...present({ units: undefined, zones: false }) }).toEqual({ units: 1, zones: false });
});

test("a key with a value that counts as false is kept", () => {
  expect(present({ a: 0, b: "", c: null, d: false })).toEqual({ a: 0, b: "", c: null, d: false });
});
