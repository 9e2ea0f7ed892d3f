import { randomUUID } from "node:crypto";

import { ArmError } from "../../arm/error.ts";

/** A refusal by Event Hubs: like ARM's, with a correlation id at the end of the message. */
export function refusal(status: number, code: string, message: string): ArmError {
  return new ArmError(status, code, `${message} CorrelationId: ${randomUUID()}`);
}

export function badRequest(message: string): ArmError {
  return refusal(400, "BadRequest", message);
}

/** terraform-provider-azurerm #10572 and #14535. */
export const cleanUpPending = () =>
  refusal(
    409,
    "Conflict",
    "Resource Conflict Occurred. Another conflicting operation may be in progress. If this is a retry for failed operation, background clean up is still pending. Try again later. To know more visit https://aka.ms/sbResourceMgrExceptions.",
  );

/** event-hubs/resource-manager-exceptions.md (MicrosoftDocs/azure-docs), Conflict 40300. */
export function quotaReached(type: string, actual: number, max: number): ArmError {
  return refusal(
    409,
    "Conflict",
    `The maximum number of resources of type ${type} has been reached or exceeded. Actual: ${actual}, Max allowed: ${max}`,
  );
}
