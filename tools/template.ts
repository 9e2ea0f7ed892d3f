import { readFileSync } from "node:fs";
import { type LoggedRequest, resourcesIn, templateOf } from "./armResources.ts";

// Writes what a log of requests (.sandbox/requests.jsonl) put into Azure as a template of Resource Manager, to be scanned.
const [file, ...more] = process.argv.slice(2);

if (file === undefined || more.length > 0) {
  process.stderr.write("Usage: npm run template -- <requests.jsonl> > template.json\n");
  process.exitCode = 2;
} else {
  try {
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    const resources = resourcesIn(lines.map((line) => JSON.parse(line) as LoggedRequest));
    process.stdout.write(`${JSON.stringify(templateOf(resources), undefined, 2)}\n`);
    if (resources.length === 0) {
      process.stderr.write(`${file} put nothing into Azure that is still there.\n`);
      process.exitCode = 1;
    }
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
