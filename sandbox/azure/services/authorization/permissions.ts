import type { Question } from "../../arm/resourceType.ts";
import { grantsAt } from "./grants.ts";

/**
 * What the caller may do at a scope, one entry for each of its roles (rest/api/authorization/permissions). Conditions of
 * role assignments are not in it.
 */
export const permissions: Question = {
  apiVersions: ["2015-07-01", "2018-01-01-preview", "2018-07-01", "2022-04-01", "2022-05-01-preview"],
  answer: ({ world, caller, scope }) => ({
    value: grantsAt(world, caller, scope).map(({ role }) => ({
      actions: role.actions,
      notActions: role.notActions ?? [],
      dataActions: role.dataActions ?? [],
      notDataActions: [],
    })),
  }),
};
