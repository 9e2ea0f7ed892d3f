// `npm run preflight -- --stack <name>`: finds out before a deployment whether it can succeed. Exit codes: 0 fine, 1 a problem, 2 used wrongly.
import { Command, CommanderError } from "commander";
import { Failure, sentenceFor } from "../failure.ts";
import { preflight } from "./preflight.ts";
import { readStackFile } from "./stackFile.ts";
import { subjectOf } from "./subject.ts";
import { inTable } from "./table.ts";

interface Options {
  stack: string;
  json?: true;
  defenderTenant?: string;
  cwd: string;
}

const hint = "npm keeps flags for itself: put -- before them, as in `npm run preflight -- --stack dev`.\n";
const command = new Command("npm run preflight --")
  .description(
    "Asks Azure, before anything is created, whether who is signed in can deploy a stack's settings.",
  )
  .requiredOption("-s, --stack <name>", "the stack, whose settings stand in Pulumi.<name>.yaml")
  .option("--json", "the findings as JSON: a list of {check, status, what, fix}")
  .option("--defender-tenant <id>", "the tenant that Defender runs in")
  .option("-C, --cwd <folder>", "the folder with the stack file", ".")
  .configureOutput({
    outputError(text, write) {
      write(text + hint);
    },
  })
  .exitOverride();

async function run({ stack, cwd, json, defenderTenant }: Options): Promise<number> {
  const config = readStackFile(cwd, stack.split("/").at(-1) ?? stack);
  const findings = await preflight(await subjectOf(stack, config, defenderTenant));
  const { columns, isTTY } = process.stdout;
  const look = isTTY ? { width: columns, colour: process.stdout.hasColors() } : {};
  console.log(json ? JSON.stringify(findings, undefined, 2) : inTable(findings, look));
  return findings.some(({ status }) => status === "problem") ? 1 : 0;
}

try {
  command.parse();
  process.exitCode = await run(command.opts<Options>());
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    const sentence = sentenceFor(error);
    if (sentence === undefined) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  }
}
