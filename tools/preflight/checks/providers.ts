import { listed } from "../../../streaming/wording/words.ts";
import { isRefusal } from "../../../azure/requests.ts";
import type { Check, Subject } from "../check.ts";
import type { Finding } from "../finding.ts";
import { isAllowed, permissionsAt } from "../permissions.ts";
import { registrationOf, subscriptionScope } from "../subscription.ts";

/** The deployment registers what is not registered, if it may. */
export const providers: Check = {
  name: "providers",
  asks: "Whether the resource providers are registered",
  async findings(subject) {
    const needed = subject.plan.providers;
    const found = await Promise.all(needed.map((namespace) => problemsWith(subject, namespace)));
    const problems = found.flat();
    if (problems.length > 0) return problems;
    return [{ status: "ok", what: `${listed(needed)} are registered, or will be by the deployment.` }];
  },
};

async function problemsWith(subject: Subject, namespace: string): Promise<Finding[]> {
  const { azure, account } = subject;
  const state = await stateOf(subject, namespace);
  if (state === undefined) {
    const fix = "Remove it from `defender-streaming:registration: {providers: […]}`.";
    return [{ status: "problem", what: `Azure has no resource provider ${namespace}.`, fix }];
  }
  if (state === "Registered" || state === "Registering") return [];
  const register = `${namespace}/register/action`;
  if (isAllowed(register, await permissionsAt(azure, subscriptionScope(account)))) return [];
  return [
    {
      status: "problem",
      what: `${namespace} is not registered with the subscription, and the signed-in principal may not register it: it lacks ${register}.`,
      fix: `az provider register --namespace ${namespace} --subscription ${account.subscriptionId}`,
    },
  ];
}

/** Undefined: there is no such provider. */
async function stateOf({ azure, account }: Subject, namespace: string): Promise<string | undefined> {
  try {
    return (await registrationOf(azure, account, namespace)).registrationState;
  } catch (error) {
    if (isRefusal(error) && error.code === "InvalidResourceNamespace") return undefined;
    throw error;
  }
}
