import { Refusal } from "../azure.ts";
import type { Check, Subject } from "./check.ts";
import { checks } from "./checks.ts";
import type { NamedFinding } from "./finding.ts";

/**
 * Everything that the checks find, in their order. A question that the principal may not ask, or about what is not there, is
 * `unknown`.
 *
 * @throws Refusal, or an error of the network or the sign-in, when nothing can be told
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
  if (!(error instanceof Refusal)) throw error;
  // Without the subscription there is nothing to be asked.
  if (error.status === 404 && error.code !== "SubscriptionNotFound") {
    return { what: `${asks} cannot be told: ${error.message}` };
  }
  if (error.status !== 403) throw error;
  const lacks = error.action === undefined ? "" : `: it lacks ${error.action}`;
  return {
    what: `${asks} cannot be told, because the signed-in principal may not ask${lacks}.`,
    fix: "The role Reader on the subscription lets it ask; docs/deployer.md has all that a deployer needs.",
  };
}
