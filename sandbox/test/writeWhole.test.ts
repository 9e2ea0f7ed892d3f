import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeWhole } from "../writeWhole.ts";

const folder = mkdtempSync(join(tmpdir(), "whole "));
afterAll(() => rmSync(folder, { recursive: true }));

test("a file that another process keeps writing is never read in part", async () => {
  const file = join(folder, "file");
  const texts = ["a", "b"].map((letter) => letter.repeat(1_000_000));
  writeWhole(file, texts[0] ?? "");
  const script = `
    import { writeWhole } from ${JSON.stringify(join(import.meta.dirname, "../writeWhole.ts"))};
    for (let round = 0; round < 200; round++) {
      writeWhole(process.argv[1], (round % 2 ? "a" : "b").repeat(1_000_000));
    }`;
  const writer = spawn(process.execPath, ["--input-type=module", "--eval", script, file], {
    stdio: "inherit",
  });
  while (writer.exitCode === null) {
    expect(texts.includes(readFileSync(file, "utf8"))).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(writer.exitCode).toBe(0);
});
