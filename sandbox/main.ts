// `npm run sandbox`: the tour; `-- example <name>`; `-- reset`; `-- <any pulumi command>`.
import { deployExample, showTour } from "./tour.ts";
import { emptySandbox } from "./reset.ts";
import { defaultDirectory, openSandbox } from "./sandbox.ts";
import { swallowedFlags } from "./swallowedFlags.ts";
import { UserError } from "./userError.ts";

const args = process.argv.slice(2);
const [command, ...rest] = args;

async function main(): Promise<number> {
  const swallowed = swallowedFlags(args, process.env);
  if (swallowed.length > 0) {
    throw new UserError(
      `npm kept ${swallowed.join(" ")} for itself. Put -- before the command:\n` +
        `  npm run sandbox -- ${[...args, ...swallowed].join(" ")}`,
    );
  }
  if (command === "reset") {
    expect(rest.length === 0, "`reset` takes no arguments: it empties the whole sandbox.");
    return emptySandbox(defaultDirectory());
  }
  if (command === "example") {
    expect(rest.length === 1, "Name one example: `npm run sandbox -- example <name>`.");
  }
  const sandbox = await openSandbox();
  try {
    if (command === undefined || command === "tour") return await showTour(sandbox);
    if (command === "example") return await deployExample(sandbox, rest[0] ?? "");
    return await sandbox.pulumi(args);
  } finally {
    sandbox.close();
  }
}

function expect(condition: boolean, sentence: string): void {
  if (!condition) throw new UserError(sentence);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
