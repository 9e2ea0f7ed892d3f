import { styleText } from "node:util";
import type { Conclusion, Question } from "./question.ts";

const colors = { yes: "green", no: "green", "not yet": "yellow" } as const;

/** All questions, and what each needs. */
export function listed(questions: readonly Question[]): string {
  const entries = questions.map(({ name, question, needs }) => `${name}\n  ${question}\n  needs: ${needs}`);
  const usage =
    "To have one answered: npm run prove -- <name> --stack <stack>. It only reads; docs/unknowns.md tells more.";
  return [...entries, usage].join("\n\n");
}

/** A question with its answer and what was seen. */
export function inWords(
  { question }: Question,
  { answer, evidence, needs }: Conclusion,
  { color = false } = {},
): string {
  return [
    `${question} ${color ? styleText(["bold", colors[answer]], answer) : answer}`,
    ...(evidence.length > 0 ? [evidence.map((line) => `  ${line}`).join("\n")] : []),
    ...(needs === undefined ? [] : [`It takes ${needs}.`]),
  ].join("\n");
}
