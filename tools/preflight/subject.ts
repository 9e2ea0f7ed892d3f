import { connect } from "../../azure/connection.ts";
import { settingsOfStack, signInFor } from "../../azure/signIn/keys.ts";
import { component, project } from "../../settings/keys.ts";
import { parseSettings, withFullKeys } from "../../settings/parse.ts";
import { assumedFacts } from "../../streaming/existing/assumed.ts";
import { groupForm, hostsOf, noneSettled } from "../../streaming/naming/hostNames.ts";
import { plan as planFor } from "../../streaming/plan.ts";
import type { Plan } from "../../streaming/planned.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { armOnce } from "../arm.ts";
import { graphPermissionsOf, signedIn } from "./account.ts";
import type { Subject } from "./check.ts";

interface MoreOfSubject {
  /** The keys whose values are encrypted in the stack file. */
  readonly encrypted?: readonly string[];
  readonly defenderTenant?: string | undefined;
}

/**
 * What a stack's configuration asks for, and who is signed in by it and the environment.
 *
 * @param stack its name, or `<organization>/<project>/<name>`
 * @param config full keys with texts, as the program gets them
 * @throws MistakesError with all mistakes, as the program does
 * @throws Failure when nobody is signed in
 */
export async function subjectOf(
  stack: string,
  config: Readonly<Record<string, string>>,
  { encrypted = [], defenderTenant }: MoreOfSubject = {},
): Promise<Subject> {
  const environment = { ...process.env, PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(encrypted) };
  const { settings, warnings } = parseSettings(config, environment);
  signInFor((key) => config[key]);
  const connection = await connect(settings.cloud);
  const account = await signedIn(connection, settingsOfStack().subscriptionId);
  const plan = planOf(settings, account.subscriptionId);
  const naming = { ...partsOf(stack), project, config };
  return {
    settings,
    warnings,
    plan,
    hosts: hostsOf(component, plan, naming, noneSettled),
    group: groupForm(component, plan, naming, noneSettled),
    account,
    azure: armOnce(connection),
    graphPermissions: () => graphPermissionsOf(connection),
    defenderTenant,
  };
}

/** The deployment's own preview reads what exists; here it is taken to be as it should. */
function planOf(request: StreamingRequest, subscriptionId: string): Plan {
  try {
    return planFor(request, { existing: assumedFacts(request, subscriptionId) });
  } catch (error) {
    throw withFullKeys(error);
  }
}

function partsOf(stack: string): { organization: string | undefined; stack: string } {
  const parts = stack.split("/");
  return { organization: parts.length > 1 ? parts[0] : undefined, stack: parts.at(-1) ?? stack };
}
