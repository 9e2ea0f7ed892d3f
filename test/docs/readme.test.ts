import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseSettings } from "../../settings/parse.ts";
import { textOf } from "./pages.ts";

const readme = textOf("README.md");

test("README is short: 200 lines, 14 KB, and no line over 160 characters", () => {
  const lines = readme.split("\n");
  expect(lines.length).toBeLessThanOrEqual(200);
  expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(14 * 1024);
  expect(lines.filter((line) => line.length > 160 && !/https?:\S{80}/.test(line))).toEqual([]);
});

test("README's stack file has no mistake", () => {
  const [, yaml = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  const { config } = parse(yaml) as { config: Record<string, unknown> };
  const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const given = Object.entries(config).map(([key, value]) => [key, asText(value)] as const);
  expect(parseSettings(Object.fromEntries(given)).settings.lock).toBe(true);
});
