import { expect, it } from "vitest";
import { inTable } from "../../../tools/preflight/table.ts";

const command = `az role assignment create --condition '${"x".repeat(300)}'`;

it("keeps commands on one line, each once, and numbers them where they belong", () => {
  const shown = inTable(
    [
      { check: "one", status: "problem", what: "Something is missing.", fix: command },
      { check: "two", status: "unknown", what: "So may this be.", fix: command },
    ],
    { width: 80 },
  );
  expect(shown.split("\n").filter((line) => line === `[1] ${command}`)).toHaveLength(1);
  expect(shown).toContain("Something is missing. [1]");
  expect(shown).toContain("So may this be. [1]");
  expect(shown).toContain("1 problem, 1 could not be checked. Nothing was changed.");
});

it("is no wider than the terminal, except for the commands", () => {
  const shown = inTable([{ check: "one", status: "ok", what: "a word and ".repeat(40) }], { width: 80 });
  expect(Math.max(...shown.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});
