import { cloudMistakes } from "../streaming/cloud/clouds.ts";
import { MistakesError, type Mistake } from "../streaming/wording/mistakes.ts";
import { locationMistakes } from "../streaming/cloud/regions.ts";
import { clearSecrets, encryptedIn } from "../streaming/deployer/signInRules.ts";
import { settingsOf } from "./check.ts";
import { environmentKey, inFull, locationKey, project } from "./keys.ts";
import { readKeys } from "./read.ts";
import { shape } from "./shape/schema.ts";
import type { Settings } from "./settings.ts";

/**
 * The settings of a stack's configuration.
 *
 * @param config as `pulumi.runtime.allConfig()` returns it: full keys (`defender-streaming:tier`), values as text. Of other
 * namespaces only `azure-native:location` is read, and `azure-native:environment`, which must not contradict `cloud`.
 * A secret of a sign-in must not be in clear.
 * @param environment the environment variables; those that name a cloud must not contradict `cloud` either. Pulumi's own says which keys
 * are secret.
 * @param now when the deployment runs: access and secrets must end later.
 * @throws MistakesError with every mistake at once, each under its full key.
 */
export function parseSettings(
  config: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = {},
  now = new Date(),
): { settings: Settings; warnings: readonly string[] } {
  const location = config[locationKey];
  const hints = {
    locationKey,
    location,
    armEnvironment: environment["ARM_ENVIRONMENT"],
    azureEnvironment: environment["AZURE_ENVIRONMENT"],
    nativeEnvironment: config[environmentKey],
  };
  try {
    const { settings, warnings } = settingsOf(readKeys(config), now, ({ cloud }) => [
      ...clearSecrets(config, encryptedIn(environment)),
      ...(cloud ? cloudMistakes(cloud, hints) : []),
      ...locationMistakes(locationKey, location),
    ]);
    return { settings: { ...settings, location } as Settings, warnings };
  } catch (error) {
    throw withFullKeys(error);
  }
}

/** The error for someone who edits a stack file: keys of mistakes there begin with the project's name, in the fix too. */
export function withFullKeys(error: unknown): unknown {
  return error instanceof MistakesError ? new MistakesError(error.mistakes.map(underFullKey)) : error;
}

function underFullKey(mistake: Mistake): Mistake {
  const fix = mistake.fix.replaceAll(/`(\w+): /g, (text, key: string) =>
    Object.hasOwn(shape, key) ? `\`${project}:${key}: ` : text,
  );
  return { ...mistake, key: inFull(mistake.key), fix };
}
