import { connect } from "../../azure/connection.ts";
import { component, project } from "../../settings/keys.ts";
import { parseSettings, underFullKey } from "../../settings/parse.ts";
import { assumedFacts } from "../../streaming/existing/assumed.ts";
import { groupForm, hostsOf, noneSettled } from "../../streaming/naming/hostNames.ts";
import { plan } from "../../streaming/plan.ts";
import type { Plan } from "../../streaming/planned.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { MistakesError } from "../../streaming/wording/mistakes.ts";
import { Azure } from "../azure.ts";
import { graphPermissionsOf, signedIn } from "./account.ts";
import type { Made, Subject } from "./check.ts";

/**
 * What a stack's configuration asks for, and who is signed in by the environment.
 *
 * @param stack its name, or `<organization>/<project>/<name>`
 * @param config full keys with texts, as the program gets them
 * @throws MistakesError with all mistakes, as the program does
 * @throws Failure when nobody is signed in
 */
export async function subjectOf(
  stack: string,
  config: Readonly<Record<string, string>>,
  defenderTenant: string | undefined,
): Promise<Subject> {
  const { settings } = parseSettings(config, process.env);
  const connection = await connect(settings.cloud);
  const account = await signedIn(connection, config["azure-native:subscriptionId"]);
  const planned = planOf(settings, account.subscriptionId);
  const azure = new Azure(connection.endpoint, connection.credential, connection.scope);
  const naming = { ...partsOf(stack), project, config };
  const made: Made = {
    ...destinationsIn(planned),
    hosts: hostsOf(component, planned, settings.consumers, naming, noneSettled),
    group: groupForm(component, planned, naming, noneSettled),
  };
  const graphPermissions = () => graphPermissionsOf(connection);
  return { settings, made, account, azure, graphPermissions, defenderTenant };
}

/** What holds events. */
export function destinationsIn({
  namespaces,
  accounts,
}: Plan): Pick<Made, "namespaces" | "accounts" | "destinations"> {
  return {
    namespaces: namespaces.filter(({ existing }) => !existing),
    accounts: accounts.filter(({ existing }) => !existing),
    destinations: { eventHub: namespaces.length, storage: accounts.length },
  };
}

/** What exists is read by the deployment's own preview; here it is taken to be as it should. */
function planOf(request: StreamingRequest, subscriptionId: string): Plan {
  try {
    return plan(request, { existing: assumedFacts(request, subscriptionId) });
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    throw new MistakesError(error.mistakes.map(underFullKey));
  }
}

function partsOf(stack: string): { organization: string | undefined; stack: string } {
  const parts = stack.split("/");
  return { organization: parts.length > 1 ? parts[0] : undefined, stack: parts.at(-1) ?? stack };
}
