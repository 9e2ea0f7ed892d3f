// `npm run prove`: lists the questions that a deployed stack can answer; `-- <name> --stack <stack>` answers one, and only reads.
// Exit codes: 0 answered, 1 not yet, or it could not be found out, 2 used wrongly.
import { Command, CommanderError } from "commander";
import { connect } from "../../azure/connection.ts";
import { nearest } from "../../streaming/wording/suggest.ts";
import { armOnce } from "../arm.ts";
import { Failure, sentenceFor } from "../failure.ts";
import { readStack } from "./deployedStack.ts";
import type { Question } from "./question.ts";
import { questions } from "./questions.ts";
import { inWords, listed } from "./report.ts";

interface Options {
  stack?: string;
  json?: true;
  output?: string;
  cwd: string;
}

const hint =
  "npm keeps flags for itself: put -- before them, as in `npm run prove -- own-hubs --stack dev`.\n";
const command = new Command("npm run prove --")
  .description("Answers a question that Microsoft does not document from what a deployed stack shows.")
  .argument("[name]", "the question; without one all are listed")
  .option("-s, --stack <name>", "the stack that shows it")
  .option(
    "--json",
    "as JSON: {name, question, answer, evidence, needs}; without a name a list of {name, question, needs}",
  )
  .option("--output <name>", "the stack output that holds the others, in a program that uses the library")
  .option("-C, --cwd <folder>", "the folder with Pulumi.yaml", ".")
  .configureOutput({
    outputError(text, write) {
      write(text + hint);
    },
  })
  .exitOverride();

async function run(name: string | undefined, options: Options): Promise<number> {
  if (name === undefined) {
    const all = questions.map(({ name, question, needs }) => ({ name, question, needs }));
    console.log(options.json ? JSON.stringify(all, undefined, 2) : listed(questions));
    return 0;
  }
  const question = questionNamed(name);
  const { stack, cwd, output } = options;
  if (stack === undefined)
    throw new Failure(`Say which stack shows it: npm run prove -- ${name} --stack <stack>`, 2);
  const deployed = await readStack({ stack, cwd, output });
  const azure = armOnce(await connect());
  const finding = await question.prove({ stack: deployed, azure, now: new Date() });
  const colour = process.stdout.isTTY && process.stdout.hasColors();
  console.log(
    options.json
      ? JSON.stringify({ name, question: question.question, ...finding }, undefined, 2)
      : inWords(question, finding, { colour }),
  );
  return finding.answer === "not yet" ? 1 : 0;
}

function questionNamed(name: string): Question {
  const found = questions.find((one) => one.name === name.toLowerCase());
  if (found) return found;
  const names = questions.map((one) => one.name);
  const meant = nearest(name, names);
  throw new Failure(
    `There is no question '${name}'. ${meant ? `Did you mean ${meant}?` : `There are: ${names.join(", ")}.`}`,
    2,
  );
}

try {
  command.parse();
  process.exitCode = await run(command.args[0], command.opts<Options>());
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
