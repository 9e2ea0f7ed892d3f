import { z } from "zod";
import { lastingAccess } from "../../streaming/people/access.ts";
import { exampleInstant, instantMistakes } from "../../streaming/people/instants.ts";
import { descriptions } from "../describe.ts";
import { timestampMistakes } from "../yamlTimestamp.ts";

/** Checked here as well as by the rules, so that the mistake is found even if another part of the entry is malformed. */
const until = z
  .string()
  .superRefine((value, context) => {
    const unquoted = timestampMistakes("until", value);
    for (const { rule, fix } of unquoted.length > 0 ? unquoted : instantMistakes("until", value)) {
      context.addIssue({ code: "custom", message: rule, params: { fix } });
    }
  })
  .register(descriptions, {
    description: "When the access ends: date, time and time zone, in quotes. `Z` means UTC.",
  });

const example = `{until: "${exampleInstant}"}`;

/** How a portal user gets the role. */
export const access = z
  .union([z.enum(lastingAccess), z.strictObject({ until })])
  .optional()
  .register(descriptions, {
    description: `How the portal user gets the role: \`permanent\`; \`eligible\`, to be activated in PIM; or \`${example}\`, which PIM ends at that time. The last two need Microsoft Entra ID P2 or ID Governance. See docs/time-bound-access.md.`,
    otherwise: "`permanent`",
    rule: 'It must be `permanent`, `eligible`, or an end as `{until: "<date>T<time>Z"}`.',
    fix: `Write \`access: eligible\` or \`access: ${example}\`. Remove the key for \`permanent\`.`,
  });
