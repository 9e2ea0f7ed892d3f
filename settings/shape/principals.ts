import { z } from "zod";
import { allDestinations } from "../../streaming/defender/destinations.ts";
import type { Mistake } from "../../streaming/wording/mistakes.ts";
import { consumerMistakes, portalUserMistakes } from "../../streaming/people/identityRules.ts";
import { objectIdMistakes } from "../../streaming/people/principalRules.ts";
import { principalTypes } from "../../streaming/people/principals.ts";
import { descriptions } from "../describe.ts";
import { access } from "./access.ts";
import { application } from "./consumerApplication.ts";
import { consumerNeeds } from "./consumerNeeds.ts";

type Context = z.core.$RefinementCtx;

/** Checked here as well as by the rules, so that the mistake is found even if another part of the entry is malformed. */
const checked =
  <Part>(mistakesIn: (part: Part) => readonly Mistake[]) =>
  (part: Part, context: Context): void => {
    for (const { key, rule, fix } of mistakesIn(part)) {
      const path = key.split(/[.[\]]+/).filter(Boolean);
      const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
      context.addIssue({ code: "custom", path: steps, message: rule, params: { fix } });
    }
  };

const objectId = z.string().superRefine(checked((value: string) => objectIdMistakes("", value)));

/** A person, group or application in Entra ID. */
const principal = z.strictObject({
  name: z.string().register(descriptions, { description: "Its name in the outputs." }),
  objectId: objectId.optional().register(descriptions, {
    description:
      "Its object id in Entra ID, a GUID. For an application: that of the enterprise application, not of the app registration.",
  }),
  principalType: z.enum(principalTypes).optional().register(descriptions, {
    description:
      "Required with `objectId`, because Azure needs the type to find a new principal. The other keys imply it.",
  }),
});

/** Someone who saves the export settings in the Defender portal. */
export const portalUser = principal
  .extend({
    userPrincipalName: z
      .string()
      .optional()
      .register(descriptions, { description: "Instead of `objectId`: the name the person signs in with." }),
    groupName: z
      .string()
      .optional()
      .register(descriptions, { description: "Instead of `objectId`: the group's display name." }),
    access,
  })
  .superRefine(checked(portalUserMistakes));

/** An application that reads the events. */
export const consumer = principal
  .extend({
    applicationId: z
      .string()
      .optional()
      .register(descriptions, { description: "Instead of `objectId`: the application (client) id." }),
    managedIdentityId: z
      .string()
      .optional()
      .register(descriptions, { description: "Instead of `objectId`: the id of a user-assigned identity." }),
    application: application.optional().register(descriptions, {
      description: "Instead of `objectId`: an application that the stack creates.",
    }),
    ...consumerNeeds,
    reads: z.array(z.enum(allDestinations)).optional().register(descriptions, {
      description: "The destinations it reads. It gets roles on these only.",
      otherwise: "all",
    }),
  })
  .superRefine(checked(consumerMistakes));
