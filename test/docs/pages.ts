import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** The pages that people read, by their paths in the checkout. */
export const pages = globSync(["*.md", "docs/**/*.md", "sandbox/**/*.md"], {
  cwd: root,
  exclude: ["**/node_modules/**"],
})
  .filter((page) => !page.includes(".sandbox"))
  .map((page) => page.replaceAll("\\", "/"))
  .sort();

export function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}
