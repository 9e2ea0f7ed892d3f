import { z } from "zod";
import { instantMistakes } from "../../streaming/people/accessRules.ts";
import { about } from "../describe.ts";
import { timestampMistakes } from "../yamlTimestamp.ts";

/** Checked here as well as by the rules, so that it is found even where another part of the entry is malformed. */
const until = z.string().superRefine((value, context) => {
  const unquoted = timestampMistakes("until", value);
  for (const { rule, fix } of unquoted.length > 0 ? unquoted : instantMistakes("until", value)) {
    context.addIssue({ code: "custom", message: rule, params: { fix } });
  }
});

/** How a portal user has its role. */
export const access = z
  .union([z.enum(["permanent", "eligible"]), z.strictObject({ until })])
  .optional()
  .register(about, {
    description:
      'How it has its role: `permanent`; `eligible`, to be activated in PIM; or up to an instant, which PIM ends: `{until: "2027-01-31T18:00:00Z"}`. The last two need Microsoft Entra ID P2 or ID Governance. See docs/time-bound-access.md.',
    otherwise: "`permanent`",
    rule: 'It is `permanent`, `eligible`, or an end as `{until: "<date>T<time>Z"}`.',
    fix: 'Write `access: eligible` or `access: {until: "2027-01-31T18:00:00Z"}`, or take it out for `permanent`.',
  });
