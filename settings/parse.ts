import { cloudMistakes } from "../streaming/cloud/clouds.ts";
import { MistakesError, type Mistake } from "../streaming/wording/mistakes.ts";
import { locationMistakes } from "../streaming/cloud/regions.ts";
import { checkSettings, inKeyOrder } from "./check.ts";
import { environmentKey, inFull, locationKey, project } from "./keys.ts";
import { readKeys } from "./read.ts";
import { shape } from "./shape/schema.ts";
import type { Settings } from "./settings.ts";

/**
 * The settings of a stack's configuration.
 *
 * @param config as `pulumi.runtime.allConfig()` returns it: full keys (`defender-streaming:tier`), values as text. Of other
 * namespaces only `azure-native:location` is read, and `azure-native:environment`, which must not contradict `cloud`.
 * @param environment the environment variables; `ARM_ENVIRONMENT` must not contradict `cloud` either.
 * @param now when the deployment runs: access and secrets must end later.
 * @throws MistakesError with every mistake at once, each under its full key.
 */
export function parseSettings(
  config: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = {},
  now = new Date(),
): { settings: Settings; warnings: readonly string[] } {
  const reading = readKeys(config);
  const { draft, mistakes } = checkSettings(reading, now);
  const location = config[locationKey];
  const hints = {
    location,
    armEnvironment: environment["ARM_ENVIRONMENT"],
    nativeEnvironment: config[environmentKey],
  };
  const all = [
    ...mistakes,
    ...(draft.cloud ? cloudMistakes(draft.cloud, hints) : []),
    ...locationMistakes(locationKey, location),
  ];
  if (all.length > 0) throw new MistakesError(inKeyOrder(all).map(underFullKey));
  // Without a mistake nothing is missing: each key is well formed or has a default.
  return { settings: { ...draft, location } as Settings, warnings: reading.warnings };
}

/** A mistake for someone who edits a stack file: keys there begin with the project's name, in the fix too. */
export function underFullKey(mistake: Mistake): Mistake {
  const fix = mistake.fix.replaceAll(/`(\w+): /g, (text, key: string) =>
    Object.hasOwn(shape, key) ? `\`${project}:${key}: ` : text,
  );
  return { ...mistake, key: inFull(mistake.key), fix };
}
