import { z } from "zod";
import { descriptions } from "../describe.ts";

/** Existing resources to use, each by its id. */
export const existing = z.strictObject({
  resourceGroupId: z.string().optional().register(descriptions, {
    description: "Resource group for everything that this stack creates.",
    otherwise: "one is created",
  }),
  namespaces: z.record(z.string(), z.string()).optional().register(descriptions, {
    description:
      "Every namespace by its key: the id of an existing one, or `new` for one that this stack creates.",
    otherwise: "all are created",
  }),
  accountId: z.string().optional().register(descriptions, {
    description: "Id of the storage account. Only with the destination `storage`.",
    otherwise: "one is created",
  }),
  adoptHubs: z
    .union([z.boolean(), z.array(z.string())])
    .optional()
    .register(descriptions, {
      description:
        "Existing hubs that the stack takes over if it needs a hub of that name: `true` for all, or their names. They are kept when the stack is destroyed.",
      otherwise: "none",
    }),
});
