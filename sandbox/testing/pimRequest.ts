/**
 * The body of a PUT of roleAssignmentScheduleRequests, and of roleEligibilityScheduleRequests, in api-version 2020-10-01: what
 * RoleAssignmentScheduleRequest.json and RoleEligibilityScheduleRequest.json in Azure/azure-rest-api-specs say, in our own words.
 */
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isInstant: Check = (value) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);
const isOneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value as string);
const isMade =
  (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    required.every((name) => name in value) &&
    Object.entries(value).every(([name, part]) => checks[name]?.(part) ?? false);

const properties = (kind: "Assignment" | "Eligibility") =>
  isMade(
    {
      roleDefinitionId: isText,
      principalId: isText,
      requestType: isOneOf(
        ...["AdminAssign", "AdminRemove", "AdminUpdate", "AdminExtend", "AdminRenew"],
        ...["SelfActivate", "SelfDeactivate", "SelfExtend", "SelfRenew"],
      ),
      [`targetRole${kind}ScheduleId`]: isText,
      [`targetRole${kind}ScheduleInstanceId`]: isText,
      ...(kind === "Assignment" ? { linkedRoleEligibilityScheduleId: isText } : {}),
      scheduleInfo: isMade({
        startDateTime: isInstant,
        expiration: isMade({
          type: isOneOf("AfterDuration", "AfterDateTime", "NoExpiration"),
          endDateTime: isInstant,
          duration: isText,
        }),
      }),
      justification: isText,
      ticketInfo: isMade({ ticketNumber: isText, ticketSystem: isText }),
      condition: isText,
      conditionVersion: isText,
      // Read-only there; azure-native sends it anyway.
      scope: isText,
    },
    ["roleDefinitionId", "principalId", "requestType"],
  );

/** Whether a body is as Microsoft's specification of the request has it. */
export function isPimRequest(kind: "Assignment" | "Eligibility", body: unknown): boolean {
  return isMade({ properties: properties(kind) }, ["properties"])(body);
}
