import { connect } from "../../azure/connection.ts";
import { parseSettings, underFullKey } from "../../settings/parse.ts";
import type { Settings } from "../../settings/settings.ts";
import { streamsTo } from "../../streaming/destinations.ts";
import { made } from "../../streaming/existing/request.ts";
import { MistakesError } from "../../streaming/mistakes.ts";
import { plan, type Plan } from "../../streaming/plan.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { signedIn } from "./account.ts";
import { Azure } from "./azure.ts";
import type { Made, Subject } from "./check.ts";

/**
 * What a stack's configuration asks for, and who is signed in by the environment.
 *
 * @param config full keys with texts, as the program gets them
 * @throws MistakesError with all mistakes, as the program does
 * @throws Failure when nobody is signed in
 */
export async function subjectOf(
  config: Readonly<Record<string, string>>,
  defenderTenant: string | undefined,
): Promise<Subject> {
  const { settings } = parseSettings(config, process.env);
  const toBeMade = madeBy(settings);
  const connection = await connect(settings.cloud);
  const account = await signedIn(connection, config["azure-native:subscriptionId"]);
  const azure = new Azure(connection.endpoint, connection.credential, connection.scope);
  return { settings, made: toBeMade, account, azure, defenderTenant };
}

/**
 * What exists is not looked at: of what the settings name only that is counted which is to be new.
 *
 * @throws MistakesError with what keeps the plan from being made
 */
function madeBy(settings: Settings): Made {
  const { existing, clusterId, ...rest } = settings;
  const planned = clusterId === undefined ? planOf(rest) : undefined;
  const named = Object.values(existing?.namespaces ?? {});
  const hubs = streamsTo(settings, "eventHub");
  const isNew = streamsTo(settings, "storage") && existing?.accountId === undefined;
  return {
    namespaces:
      named.length > 0
        ? named.filter((id) => id === made).length
        : (planned?.namespaces.length ?? Number(hubs)),
    accounts: Number(isNew),
  };
}

function planOf(request: StreamingRequest): Plan {
  try {
    return plan(request);
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    throw new MistakesError(error.mistakes.map(underFullKey));
  }
}
