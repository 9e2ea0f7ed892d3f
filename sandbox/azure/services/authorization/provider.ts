import type { Provider } from "../../arm/resourceType.ts";
import { locks } from "./locks.ts";
import { permissions } from "./permissions.ts";
import {
  policyAssignments,
  policyDefinitions,
  policyExemptions,
  policySetDefinitions,
} from "./policy/types.ts";
import { roleAssignments } from "./roleAssignments.ts";
import { roleDefinitions } from "./roleDefinitions.ts";
import { requestsOf } from "./scheduleRequests.ts";
import { kinds, schedulesOf } from "./schedules.ts";

export const authorization: Provider = {
  namespace: "Microsoft.Authorization",
  registrationFree: true,
  types: [
    locks,
    roleAssignments,
    roleDefinitions,
    ...kinds.map(requestsOf),
    ...kinds.map(schedulesOf),
    policyDefinitions,
    policySetDefinitions,
    policyAssignments,
    policyExemptions,
  ],
  questions: { permissions },
};
