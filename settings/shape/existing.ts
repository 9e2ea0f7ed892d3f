import { z } from "zod";
import { about } from "../describe.ts";

/** What is there already and is used, each by its id. */
export const existing = z.strictObject({
  resourceGroupId: z.string().optional().register(about, {
    description: "The resource group that what is made goes into.",
    otherwise: "one is made",
  }),
  namespaces: z.record(z.string(), z.string()).optional().register(about, {
    description:
      "Every namespace by its key: the id of one that is there, or `new` for one that this stack makes.",
    otherwise: "all are made",
  }),
  accountId: z.string().optional().register(about, {
    description: "The storage account, with the destination `storage` only.",
    otherwise: "one is made",
  }),
  adoptHubs: z
    .union([z.boolean(), z.array(z.string())])
    .optional()
    .register(about, {
      description:
        "Which hubs that are there under a name that is needed become the stack's: `true`, or their names. They stay when the stack goes.",
      otherwise: "none",
    }),
});
