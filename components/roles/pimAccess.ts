import { PimRoleEligibilitySchedule } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { PimAccess } from "../../streaming/people/access.ts";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { TimeBoundAssignment } from "../dynamic/timeBoundAssignment.ts";

/** Which role for whom, where, and how. */
export interface PimAccessArgs {
  /** The ARM id of where it holds. */
  scope: pulumi.Input<string>;
  /** The role's display name. */
  role: string;
  roleDefinitionId: pulumi.Input<string>;
  principalId: pulumi.Input<string>;
  access: PimAccess;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

/** The longest that PIM's role settings allow by default. A deployment after its end renews it. */
const oneYear = { type: "AfterDuration", duration: "P365D" };

/** Access to a role that Privileged Identity Management gives and takes away. */
export function createPimAccess(parent: pulumi.Resource, name: string, args: PimAccessArgs): void {
  const { scope, role, roleDefinitionId, principalId, access, cloud } = args;
  const justification = `Saves export settings in the Defender portal (${pulumi.getProject()}, ${pulumi.getStack()})`;
  const asked = { scope, roleDefinitionId, principalId, justification };
  if (access !== "eligible") {
    new TimeBoundAssignment(name, { ...asked, role, until: access.until, cloud }, { parent });
    return;
  }
  const scheduleInfo = { startDateTime: new Date().toISOString(), expiration: oneYear };
  new PimRoleEligibilitySchedule(
    name,
    { ...asked, scheduleInfo },
    // They say how it was asked for, and azure-native cannot change an eligibility.
    { parent, deleteBeforeReplace: false, ignoreChanges: ["scheduleInfo", "justification"] },
  );
}
