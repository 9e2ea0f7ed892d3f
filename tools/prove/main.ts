// `npm run prove`: lists the questions that a deployed stack can answer; `-- <name> --stack <stack>` answers one, and only reads.
import { connect } from "../../azure/connection.ts";
import { signInFor } from "../../azure/signIn/keys.ts";
import { inFull } from "../../settings/keys.ts";
import { cloudNames } from "../../streaming/cloud/clouds.ts";
import { nearest } from "../../streaming/wording/suggest.ts";
import { armOnce } from "../arm.ts";
import { type Outcome, runCommand } from "../command.ts";
import { readConfiguration, readStack, type StackOptions, stackOptions } from "../deployedStack.ts";
import { Failure } from "../failure.ts";
import { whatStands } from "../whatStands.ts";
import type { Question } from "./question.ts";
import { questions } from "./questions.ts";
import { inWords, listed } from "./report.ts";

await runCommand<StackOptions>({
  name: "prove",
  description: "Answers a question that Microsoft does not document from what a deployed stack shows.",
  example: "own-hubs --stack dev",
  json: "{name, question, answer, evidence, needs}; without a name a list of {name, question, needs}",
  define: (command) => stackOptions(command.argument("[name]", "the question; without one all are listed")),
  run: (options, [name]) =>
    name === undefined ? Promise.resolve(list()) : answer(questionNamed(name), options),
});

function list(): Outcome {
  const all = questions.map(({ name, question, needs }) => ({ name, question, needs }));
  return { isProblem: false, json: all, text: () => listed(questions) };
}

async function answer(question: Question, options: StackOptions): Promise<Outcome> {
  const outputs = await readStack(options);
  const config = await readConfiguration(options.stack ?? "", options.cwd);
  signInFor((key) => config[key]);
  const cloud = cloudNames.find((name) => name === config[inFull("cloud")]);
  const azure = armOnce(await connect(cloud));
  const { stack, gone } = await whatStands(outputs, azure);
  const conclusion = await question.prove({ stack, azure, now: new Date() });
  const finding = { ...conclusion, evidence: [...gone, ...conclusion.evidence] };
  return {
    isProblem: finding.answer === "not yet",
    json: { name: question.name, question: question.question, ...finding },
    text: (look) => inWords(question, finding, look),
  };
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
