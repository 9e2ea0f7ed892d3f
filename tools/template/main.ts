import { readFileSync } from "node:fs";
import { runCommand } from "../command.ts";
import { Failure } from "../failure.ts";
import { type LoggedRequest, resourcesIn, templateOf } from "./armResources.ts";

await runCommand({
  name: "template",
  description:
    "Prints what a log of requests put into Azure as a template for Azure Resource Manager, to be scanned",
  example: ".sandbox/requests.jsonl",
  json: "the template, as without it",
  define: (command) => command.argument("<log>", "a log of requests, such as .sandbox/requests.jsonl"),
  run: (_, [log = ""]) => {
    const resources = resourcesIn(readLog(log));
    if (resources.length === 0) throw new Failure(`${log} put nothing into Azure that still exists.`);
    const template = templateOf(resources);
    const text = () => JSON.stringify(template, undefined, 2);
    return Promise.resolve({ isProblem: false, json: template, text });
  },
});

function readLog(log: string): LoggedRequest[] {
  try {
    const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as LoggedRequest);
  } catch (error) {
    throw new Failure(
      `${log} is no log of requests: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
