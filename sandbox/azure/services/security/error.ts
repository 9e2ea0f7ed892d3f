import { ArmError } from "../../arm/error.ts";

/** Recorded by several tools that list plans of subscriptions, with 404 or 400; the code has blanks in it. */
export function subscriptionNotRegistered(): ArmError {
  return new ArmError(
    404,
    "Subscription Not Registered",
    "Please register to Microsoft.Security in order to view your security status",
  );
}
