import { expect, test } from "vitest";
import { MistakesError } from "../../../streaming/wording/mistakes.ts";

test("the message lists every mistake with key, value, rule and fix", () => {
  const error = new MistakesError([
    { key: "retentionHours", value: 200, rule: "At most 168.", fix: "Write 168." },
    { key: "hubName", value: undefined, rule: "It is required.", fix: "Give one." },
  ]);
  expect(error.message).toContain("2 mistakes");
  expect(error.message).toContain("1. retentionHours: 200\n   rule: At most 168.\n   fix: Write 168.");
  expect(error.message).toContain("2. hubName: (not set)");
});

test("a long value is cut", () => {
  const { message } = new MistakesError([{ key: "tables", value: Array(100).fill("x"), rule: "", fix: "" }]);
  expect(message.split("\n").every((line) => line.length < 130)).toBe(true);
});

test("an id is not cut, because the name is at its end", () => {
  const value = `/subscriptions/${"0".repeat(36)}/resourceGroups/a-long-name-of-a-group/providers/Microsoft.EventHub/namespaces/contoso`;
  const { message } = new MistakesError([{ key: "existing", value, rule: "", fix: "" }]);
  expect(message).toContain("namespaces/contoso\n");
});
