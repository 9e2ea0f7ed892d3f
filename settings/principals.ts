import { z } from "zod";
import { destinationKinds } from "../streaming/destinations.ts";
import { instantMistakes } from "../streaming/rules/access.ts";
import { objectIdMistakes } from "../streaming/rules/principals.ts";
import { about } from "./about.ts";
import { consumerNeeds } from "./consumerNeeds.ts";

/** Checked here as well as by the rules, so that it is found even where another part of the entry is malformed. */
const objectId = z.string().superRefine((value, context) => {
  for (const { rule, mend } of objectIdMistakes("objectId", value)) {
    context.addIssue({ code: "custom", message: rule, params: { mend } });
  }
});

const until = z.string().superRefine((value, context) => {
  for (const { rule, mend } of instantMistakes("until", value)) {
    context.addIssue({ code: "custom", message: rule, params: { mend } });
  }
});

/** Somebody in Entra ID. */
const principal = z.strictObject({
  name: z.string().register(about, { description: "What it is called in the outputs." }),
  objectId: objectId.register(about, {
    description:
      "Its object id in Entra ID, a GUID; for an application that of the enterprise application, not of the app registration.",
  }),
  principalType: z
    .enum(["User", "Group", "ServicePrincipal"])
    .register(about, { description: "Azure needs the type to find a principal that was just made." }),
});

/** Who saves the export settings in the Defender portal. */
export const portalUser = principal.extend({
  access: z
    .union([z.enum(["permanent", "eligible"]), z.strictObject({ until })])
    .optional()
    .register(about, {
      description:
        'How it has its role: `permanent`; `eligible`, to be activated in PIM; or up to an instant, which PIM ends: `{until: "2027-01-31T18:00:00Z"}`. The last two need Microsoft Entra ID P2 or ID Governance. See docs/time-bound-access.md.',
      otherwise: "`permanent`",
      rule: 'It is `permanent`, `eligible`, or an end as `{until: "<date>T<time>Z"}`.',
      mend: 'Write `access: eligible` or `access: {until: "2027-01-31T18:00:00Z"}`, or take it out for `permanent`.',
    }),
});

/** An application that reads the events. */
export const consumer = principal.extend({
  ...consumerNeeds,
  reads: z.array(z.enum(destinationKinds)).optional().register(about, {
    description: "Which destinations it reads; it gets roles on these alone.",
    otherwise: "all",
  }),
});
