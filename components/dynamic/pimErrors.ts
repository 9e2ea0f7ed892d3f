import { isRefusal } from "../../azure/requests.ts";

/** A request to Privileged Identity Management (PIM). */
interface Grant {
  readonly role: string;
  readonly principalId: string;
  readonly scope: string;
  readonly until: string;
}

const what = ({ role, principalId, scope }: Grant) => `the role ${role} for ${principalId} at ${scope}`;

/** What a refusal means and how to fix it; the error itself when there is nothing to add. */
export function explained(error: unknown, grant: Grant): unknown {
  if (!isRefusal(error)) return error;
  switch (error.code) {
    case "AadPremiumLicenseRequired":
      return new Error(
        `Azure refuses ${what(grant)} with an end: the tenant has no license for Privileged Identity Management. It needs Microsoft ` +
          "Entra ID P2 or Microsoft Entra ID Governance. Without one write `access: permanent`, and remove the entry from " +
          "defender-streaming:portalUsers when it is no longer needed.",
      );
    case "RoleAssignmentRequestPolicyValidationFailed":
      return new Error(
        `The role's settings in Privileged Identity Management forbid ${what(grant)} until ${grant.until}. ${error.message} ` +
          "ExpirationRule: the end is later than they allow, write an earlier one. JustificationRule, TicketingRule, MfaRule: " +
          "they require what a deployment cannot provide. The settings: Azure portal > Privileged Identity Management > Azure resources > " +
          "the scope > Settings > the role.",
      );
    case "RoleAssignmentExists":
      return new Error(
        `Azure refuses ${what(grant)} with an end: the same role is already assigned there. Remove that assignment if nobody ` +
          `needs it: az role assignment delete --assignee ${grant.principalId} --role "${grant.role}" --scope ${grant.scope}. ` +
          "Then deploy again.",
      );
    case "SubjectNotFound":
    case "PrincipalNotFound":
      return new Error(
        `There is no principal ${grant.principalId} in the tenant. Correct its object id in defender-streaming:portalUsers.`,
      );
  }
  return error.statusCode === 403 ? notPermitted(grant) : error;
}

function notPermitted(grant: Grant): Error {
  return new Error(
    `The signed-in principal may not request ${what(grant)} from Privileged Identity Management: it needs ` +
      "Microsoft.Authorization/roleAssignmentScheduleRequests/write there, which the roles Owner and User Access Administrator have: " +
      `az role assignment create --role "User Access Administrator" --assignee <principal> --scope ${grant.scope}. ` +
      "Or set defender-streaming:roles to expect, and have someone else assign the role.",
  );
}

/** @param end when the existing assignment ends */
export function endsOtherwise(grant: Grant, end: Date | undefined): Error {
  return new Error(
    `Privileged Identity Management already has ${what(grant)}, until ${end?.toISOString() ?? "further notice"}, and ` +
      `${grant.until} is asked for. This stack did not create it. Write that end, and the next deployment adopts it; or remove it ` +
      "(Azure portal > Privileged Identity Management > Azure resources > the scope > Assignments), and deploy again.",
  );
}

/** @param status in which PIM left the request */
export function refused(grant: Grant, status: string): Error {
  return new Error(
    `Privileged Identity Management left the request for ${what(grant)} in the status ${status}. Its audit history says why: ` +
      "Azure portal > Privileged Identity Management > Azure resources > the scope > Resource audit.",
  );
}

export function notInTime(grant: Grant): Error {
  return new Error(
    `Privileged Identity Management accepted the request for ${what(grant)} and has not carried it out after ten minutes. It may wait ` +
      "for an approval: Azure portal > Privileged Identity Management > Approve requests. Deploy again when it is approved.",
  );
}
