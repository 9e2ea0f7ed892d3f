import type { Answer } from "../http.ts";

/** A refusal, in the form Azure Resource Manager gives it: `{"error":{"code","message"}}`. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly unknown[] | undefined;

  constructor(status: number, code: string, message: string, details?: readonly unknown[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  answer(): Answer {
    const { status, code, message, details } = this;
    return { status, body: { error: { code, message, ...(details && { details }) } } };
  }
}

// The errors of Azure Resource Manager itself. Those of a resource provider are beside its types.

export function invalidContent(message: string): ArmError {
  return new ArmError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${message}'.`,
  );
}

export function unknownType(
  provider: string,
  type: string,
  version: string,
  supported: readonly string[],
): ArmError {
  return new ArmError(
    404,
    "InvalidResourceType",
    `The resource type '${type}' could not be found in the namespace '${provider}' for api version '${version}'. The supported api-versions are '${supported.join(",")}'.`,
  );
}

export function unknownProvider(provider: string): ArmError {
  return new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${provider}' is invalid.`);
}

export function methodNotAllowed(method: string): ArmError {
  return new ArmError(
    405,
    "MethodNotAllowed",
    `The requested resource does not support http method '${method}'.`,
  );
}

export function groupNotFound(group: string): ArmError {
  return new ArmError(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`);
}

export function parentNotFound(parent: string): ArmError {
  return new ArmError(
    404,
    "ParentResourceNotFound",
    `Can not perform requested operation on nested resource. Parent resource '${parent}' not found.`,
  );
}

/** @param resource `<type>/<name>`, for a nested one `<type>/<name>/<nested type>/<name>` */
export function resourceNotFound(resource: string, group: string): ArmError {
  return new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${resource}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

export function notRegistered(provider: string): ArmError {
  const message = `The subscription is not registered to use namespace '${provider}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  return new ArmError(409, "MissingSubscriptionRegistration", message, [
    { code: "MissingSubscriptionRegistration", target: provider, message },
  ]);
}

export function groupBeingDeleted(group: string): ArmError {
  return new ArmError(
    409,
    "ResourceGroupBeingDeleted",
    `The resource group '${group}' is in deprovisioning state and cannot perform this operation.`,
  );
}

export function subscriptionNotFound(subscription: string): ArmError {
  return new ArmError(404, "SubscriptionNotFound", `The subscription '${subscription}' could not be found.`);
}
