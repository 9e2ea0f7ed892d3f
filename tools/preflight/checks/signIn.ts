import type { Account } from "../account.ts";
import { isRefusal } from "../../../azure/requests.ts";
import type { Check } from "../check.ts";
import { subscriptionOf } from "../subscription.ts";

/** The account that would deploy, and its subscription. */
export const signIn: Check = {
  name: "sign-in",
  asks: "Which subscription this is",
  async findings({ account, azure }) {
    const subscription = await subscriptionOf(azure, account).catch(unlessForbidden);
    if (subscription === undefined) {
      return [
        {
          status: "problem",
          what: `The ${nameOf(account)} has no role that lets it see the subscription ${account.subscriptionId}.`,
          fix: "docs/deployer.md shows the role that a deployer needs, and how to assign it.",
        },
      ];
    }
    const { displayName, state } = subscription;
    const where = `subscription "${displayName}" (${account.subscriptionId})`;
    if (state !== "Enabled" && state !== "Warned") {
      return [
        {
          status: "problem",
          what: `The ${where} is ${state}: nothing can be created in it.`,
          fix: "Ask the subscription's owner to enable it, or choose another one with ARM_SUBSCRIPTION_ID.",
        },
      ];
    }
    return [{ status: "ok", what: `The ${nameOf(account)} deploys to the ${where}.` }];
  },
};

function nameOf({ principalType, name, objectId }: Account): string {
  return `${principalType === "User" ? "user" : "application"} ${name} (object id ${objectId})`;
}

function unlessForbidden(error: unknown): undefined {
  if (isRefusal(error) && error.statusCode === 403) return undefined;
  throw error;
}
