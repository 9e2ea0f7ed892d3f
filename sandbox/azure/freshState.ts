import { randomBytes } from "node:crypto";

import { ownersAssignment } from "./providers/authorization/roleAssignments.ts";
import type { State } from "./state.ts";

/** A subscription as it is on its first day: no resource, no provider registered but those that always are. */
export function freshState(now: number): State {
  return {
    resources: ownersAssignment(new Date(now).toISOString()),
    registrations: {},
    faults: [],
    signingKey: randomBytes(32).toString("base64url"),
  };
}
