import { at, type Hour, hoursInWords } from "./metrics.ts";
import { type Conclusion, notYet } from "./question.ts";

const hourMs = 3_600_000;

/** How long what Defender or Azure remembers from before a change may last: an access token's life. */
const settling = hourMs;

/** How long a silence has to be before it says something. */
const silence = 24 * hourMs;

/** A change, and what was counted around it. */
export interface Change {
  /** What was changed, as in `local authentication is off`. */
  readonly what: string;
  /** Since when at the latest; undefined: longer than anything that was counted. */
  readonly since: Date | undefined;
  readonly hours: readonly Hour[];
  /** What is counted: `messages`. */
  readonly unit: string;
  readonly now: Date;
}

/** Whether what was counted goes on after a change: `yes`, `no` after a day of silence, or it is too early to tell. */
export function goesOn({ what, since, hours, unit, now }: Change): Conclusion {
  const from = since ? since.getTime() + settling : 0;
  const after = hours.filter(({ start }) => start.getTime() >= from);
  const before = hours.filter(({ start }) => start.getTime() < from);
  const evidence = [
    `${what}${since ? `, at the latest since ${at(since)}` : ""}`,
    ...(since ? [`an hour after that and later: ${hoursInWords(after, unit)}`] : []),
    since ? `before: ${hoursInWords(before, unit)}` : hoursInWords(after, unit),
  ];
  if (after.length > 0) return { answer: "yes", evidence };
  if (before.length === 0) return notYet("the export setting saved, and traffic before the change", evidence);
  return now.getTime() - from >= silence
    ? { answer: "no", evidence }
    : notYet(`a day after the change: come back after ${at(new Date(from + silence))}`, evidence);
}
