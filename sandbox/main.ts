// `npm run sandbox`: the tour; `-- example <name>`; `-- reset`; `-- <any pulumi command>`.
import { forgetClouds } from "./environment.ts";
import { progress } from "./progress.ts";
import { Project } from "./project.ts";
import { readCommand } from "./pulumiCommand.ts";
import { emptySandbox } from "./reset.ts";
import { checkout, defaultDirectory, Sandbox } from "./sandbox.ts";
import { swallowedFlags } from "./swallowedFlags.ts";
import { deployExample, showTour } from "./tour.ts";
import { sentenceFor, UserError } from "./userError.ts";

const usage = `npm run sandbox                          the tour: deploys all tables and shows the values for the portal
npm run sandbox -- example <name>        deploys examples/<name>.yaml to a stack of that name
npm run sandbox -- reset                 empties the sandbox
npm run sandbox -- prove <name> …        runs a tool of the project (preflight, prove) in the sandbox
npm run sandbox -- <any pulumi command>  runs that command of the Pulumi CLI in the sandbox
`;

/** Tools that ask Azure; each is `tools/<name>/main.ts`. */
const tools = ["preflight", "prove"];

async function main(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  const typed = swallowedFlags(args, process.env);
  if (typed)
    throw new UserError(
      `npm keeps flags for itself. Put -- before the command:\n  npm run sandbox -- ${typed}`,
    );

  const project = new Project(defaultDirectory(), checkout);
  switch (command) {
    case undefined:
      return inSandbox(project, showTour);
    case "reset":
      if (rest.length > 0) throw new UserError("`reset` takes no arguments: it empties the whole sandbox.");
      return emptySandbox(project.directory);
    case "example": {
      const [name, ...others] = rest;
      if (name === undefined || others.length > 0) {
        throw new UserError("Name one example: `npm run sandbox -- example <name>`.");
      }
      project.rememberExample(name);
      return inSandbox(project, (sandbox) => deployExample(sandbox, name));
    }
    default: {
      if (tools.includes(command)) {
        return inSandbox(project, (sandbox) => sandbox.tool(command, rest));
      }
      if (["--help", "-h", "help"].includes(command)) progress(usage);
      const read = readCommand(args);
      project.check(read, read.stack);
      return inSandbox(project, (sandbox) => sandbox.pulumi(args));
    }
  }
}

async function inSandbox(project: Project, work: (sandbox: Sandbox) => Promise<number>): Promise<number> {
  const sandbox = await Sandbox.open(project);
  try {
    return await work(sandbox);
  } finally {
    sandbox.close();
  }
}

forgetClouds(process.env);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const sentence = sentenceFor(error);
  if (sentence === undefined) throw error;
  progress(sentence);
  process.exitCode = error instanceof UserError ? error.exitCode : 1;
}
