import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folders = "{azure,components,policy,sandbox,settings,streaming,test,tools}/**/*.ts";
const files = globSync([folders, "*.ts"], { cwd: root, exclude: (name) => name.endsWith("node_modules") });

/** Each file and what it imports by a path; types count. */
const imports = new Map(
  files.map((file) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"));
    const paths = importedFiles.map(({ fileName }) => fileName).filter((path) => path.startsWith("."));
    return [file, paths.map((path) => relative(root, resolve(root, dirname(file), path)))];
  }),
);

/** The first way from the file back to itself. */
function circleFrom(start: string): string[] | undefined {
  const seen = new Set<string>();
  const ways = [[start]];
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const next of imports.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return [...way, start];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

test("the project's files are found, and their imports", () => {
  expect(files).toContain("streaming/plan.ts");
  expect(imports.get("streaming/plan.ts")).toContain("streaming/check.ts");
});

// Whoever reads one file of a circle has to read them all, types or not.
test("no file imports itself through others", () => {
  expect(files.map(circleFrom).filter(Boolean)).toEqual([]);
});
