import { isRefusal } from "../../azure/requests.ts";

/** A request to Privileged Identity Management (PIM). */
interface Asked {
  readonly role: string;
  readonly principalId: string;
  readonly scope: string;
  readonly until: string;
}

const what = ({ role, principalId, scope }: Asked) => `the role ${role} for ${principalId} at ${scope}`;

/** What a refusal means and how to fix it; the error itself when there is nothing to add. */
export function explained(error: unknown, asked: Asked): unknown {
  if (!isRefusal(error)) return error;
  switch (error.code) {
    case "AadPremiumLicenseRequired":
      return new Error(
        `Azure refuses ${what(asked)} with an end: the tenant has no license for Privileged Identity Management. It needs Microsoft ` +
          "Entra ID P2 or Microsoft Entra ID Governance. Without one write `access: permanent`, and remove the entry from " +
          "defender-streaming:portalUsers when it is no longer needed.",
      );
    case "RoleAssignmentRequestPolicyValidationFailed":
      return new Error(
        `The role's settings in Privileged Identity Management forbid ${what(asked)} until ${asked.until}. ${error.message} ` +
          "ExpirationRule: the end is later than they allow, write an earlier one. JustificationRule, TicketingRule, MfaRule: " +
          "they require what a deployment cannot provide. The settings: Azure portal > Privileged Identity Management > Azure resources > " +
          "the scope > Settings > the role.",
      );
    case "RoleAssignmentExists":
      return new Error(
        `Azure refuses ${what(asked)} with an end: the same role is already assigned there. Remove that assignment if nobody ` +
          `needs it: az role assignment delete --assignee ${asked.principalId} --role "${asked.role}" --scope ${asked.scope}. ` +
          "Then deploy again.",
      );
    case "SubjectNotFound":
    case "PrincipalNotFound":
      return new Error(
        `There is no principal ${asked.principalId} in the tenant. Correct its object id in defender-streaming:portalUsers.`,
      );
  }
  return error.statusCode === 403 ? notPermitted(asked) : error;
}

function notPermitted(asked: Asked): Error {
  return new Error(
    `The signed-in principal may not request ${what(asked)} from Privileged Identity Management: it needs ` +
      "Microsoft.Authorization/roleAssignmentScheduleRequests/write there, which the roles Owner and User Access Administrator have: " +
      `az role assignment create --role "User Access Administrator" --assignee <principal> --scope ${asked.scope}. ` +
      "Or set defender-streaming:roles to expect, and have someone else assign the role.",
  );
}

/** @param end when the existing assignment ends */
export function endsOtherwise(asked: Asked, end: Date | undefined): Error {
  return new Error(
    `Privileged Identity Management already has ${what(asked)}, until ${end?.toISOString() ?? "further notice"}, and ` +
      `${asked.until} is asked for. This stack did not create it. Write that end, and the next deployment adopts it; or remove it ` +
      "(Azure portal > Privileged Identity Management > Azure resources > the scope > Assignments), and deploy again.",
  );
}

/** @param status in which PIM left the request */
export function refused(asked: Asked, status: string): Error {
  return new Error(
    `Privileged Identity Management left the request for ${what(asked)} in the status ${status}. Its audit history says why: ` +
      "Azure portal > Privileged Identity Management > Azure resources > the scope > Resource audit.",
  );
}

export function notInTime(asked: Asked): Error {
  return new Error(
    `Privileged Identity Management accepted the request for ${what(asked)} and has not carried it out after ten minutes. It may wait ` +
      "for an approval: Azure portal > Privileged Identity Management > Approve requests. Deploy again when it is approved.",
  );
}
