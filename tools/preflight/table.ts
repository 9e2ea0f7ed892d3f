import { styleText } from "node:util";
import Table from "cli-table3";
import { count } from "../../streaming/wording/words.ts";
import type { NamedFinding, Status } from "./finding.ts";

const widths = { check: 13, status: 9, lines: 4 };
const colors = { ok: "green", problem: "red", warning: "yellow", unknown: "yellow" } as const;

/** The findings as a table of the terminal's width. The fixes stand below it, one a line, so that they can be copied. */
export function inTable(findings: readonly NamedFinding[], { width = 120, color = false } = {}): string {
  const table = new Table({
    head: ["check", "status", "what"],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [
      widths.check,
      widths.status,
      Math.max(30, width - widths.check - widths.status - widths.lines),
    ],
  });
  const fixes = [...new Set(findings.flatMap(({ fix = [] }) => fix))];
  for (const { check, status, what, fix } of findings) {
    const reference = fix === undefined ? "" : ` [${fixes.indexOf(fix) + 1}]`;
    table.push([check, color ? styleText(colors[status], status) : status, what + reference]);
  }
  const help = fixes.map((fix, index) => `[${index + 1}] ${fix}`);
  return [table.toString(), ...help, summary(findings)].join("\n\n");
}

function summary(findings: readonly NamedFinding[]): string {
  const number = (status: Status) => findings.filter((finding) => finding.status === status).length;
  const parts = [
    number("problem") > 0 ? count(number("problem"), "problem") : "No problem",
    ...(number("warning") > 0 ? [count(number("warning"), "warning")] : []),
    ...(number("unknown") > 0 ? [`${number("unknown")} could not be checked`] : []),
  ];
  return `${parts.join(", ")}. Nothing was changed.`;
}
