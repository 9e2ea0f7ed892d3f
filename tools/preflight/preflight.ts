import { isRefusal } from "../../azure/requests.ts";
import type { Check, Subject } from "./check.ts";
import { directory } from "./checks/directory.ts";
import { license } from "./checks/license.ts";
import { names } from "./checks/names.ts";
import { permissions } from "./checks/permissions.ts";
import { policies } from "./checks/policies.ts";
import { providers } from "./checks/providers.ts";
import { quotas } from "./checks/quotas.ts";
import { region } from "./checks/region.ts";
import { settings } from "./checks/settings.ts";
import { signIn } from "./checks/signIn.ts";
import { tenant } from "./checks/tenant.ts";
import type { NamedFinding } from "./finding.ts";

/** In the order in which they are shown. */
const checks: readonly Check[] = [
  settings,
  signIn,
  tenant,
  providers,
  permissions,
  directory,
  license,
  policies,
  region,
  names,
  quotas,
];

/**
 * Everything that the checks find, in their order. A question that the principal may not ask, or about something that does not exist,
 * is `unknown`.
 *
 * @throws Refusal, or an error of the network or the sign-in, when nothing can be checked
 */
export async function preflight(subject: Subject): Promise<NamedFinding[]> {
  const found = await Promise.all(checks.map((check) => run(check, subject)));
  return found.flat();
}

async function run(check: Check, subject: Subject): Promise<NamedFinding[]> {
  try {
    const findings = await check.findings(subject);
    return findings.map((finding) => ({ check: check.name, ...finding }));
  } catch (error) {
    return [{ check: check.name, status: "unknown", ...unansweredBy(error, check) }];
  }
}

function unansweredBy(error: unknown, { asks }: Check): Pick<NamedFinding, "what" | "fix"> {
  if (!isRefusal(error)) throw error;
  // Without the subscription no question can be asked.
  if (error.statusCode === 404 && error.code !== "SubscriptionNotFound") {
    return { what: `${asks} cannot be checked: ${error.message}` };
  }
  if (error.statusCode !== 403) throw error;
  const [, action] = /perform action '([^']+)'/.exec(error.message) ?? [];
  const lacks = action === undefined ? "" : `: it lacks ${action}`;
  return {
    what: `${asks} cannot be checked, because the signed-in principal may not ask${lacks}.`,
    fix: "Assign it the role Reader on the subscription; docs/deployer.md lists everything that a deployer needs.",
  };
}
