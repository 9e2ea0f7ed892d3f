import type { Provider } from "../../arm/resourceType.ts";
import { permissions } from "./permissions.ts";
import { roleAssignments } from "./roleAssignments.ts";
import { roleDefinitions } from "./roleDefinitions.ts";
import { scheduleTypes } from "./schedules.ts";

export const authorization: Provider = {
  namespace: "Microsoft.Authorization",
  registrationFree: true,
  types: [roleAssignments, roleDefinitions, ...scheduleTypes],
  questions: { permissions },
};
