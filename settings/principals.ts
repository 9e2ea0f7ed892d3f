import { z } from "zod";
import { destinationKinds } from "../streaming/destinations.ts";
import { objectIdMistakes } from "../streaming/rules/principals.ts";
import { about } from "./about.ts";
import { access } from "./access.ts";
import { consumerNeeds } from "./consumerNeeds.ts";

/** Checked here as well as by the rules, so that it is found even where another part of the entry is malformed. */
const objectId = z.string().superRefine((value, context) => {
  for (const { rule, mend } of objectIdMistakes("objectId", value)) {
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
export const portalUser = principal.extend({ access });

/** An application that reads the events. */
export const consumer = principal.extend({
  ...consumerNeeds,
  reads: z.array(z.enum(destinationKinds)).optional().register(about, {
    description: "Which destinations it reads; it gets roles on these alone.",
    otherwise: "all",
  }),
});
