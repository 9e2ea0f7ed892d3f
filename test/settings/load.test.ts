import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test } from "vitest";
import { loadSettings, sayMistakes } from "../../settings/load.ts";
import { MistakesError } from "../../streaming/wording/mistakes.ts";

afterEach(() => {
  pulumi.runtime.setAllConfig({});
});

test("the stack's configuration becomes settings", () => {
  pulumi.runtime.setAllConfig({
    "azure-native:location": "westeurope",
    "defender-streaming:throughputUnits": "4",
  });
  expect(loadSettings()).toMatchObject({ location: "westeurope", throughputUnits: 4 });
});

test("mistakes end the program without a stack trace", () => {
  pulumi.runtime.setAllConfig({ "defender-streaming:throughputUnits": "0" });
  const error = thrown(loadSettings);
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error?.message).toContain("1. defender-streaming:throughputUnits: 0");
  expect(error?.message).toContain("2. azure-native:location: (not set)");
});

test("mistakes of a plan are told under their full keys", () => {
  const mistake = {
    key: "tables",
    value: "22 tables",
    rule: "Too many.",
    fix: "Write `tables: [DeviceInfo]`.",
  };
  const error = thrown(() => sayMistakes(new MistakesError([mistake])));
  expect(error?.message).toContain("defender-streaming:tables: 22 tables");
  expect(error?.message).toContain("Write `defender-streaming:tables: [DeviceInfo]`.");
});

test("other errors pass as they are", () => {
  const bug = new TypeError("bug");
  expect(thrown(() => sayMistakes(bug))).toBe(bug);
});

function thrown(run: () => unknown): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
