import { mistakesIn } from "../streaming/check.ts";
import { tagMistakes } from "../streaming/cloud/tags.ts";
import { pastEnds } from "../streaming/people/accessRules.ts";
import { pastSecrets } from "../streaming/people/applicationRules.ts";
import { present } from "../streaming/wording/present.ts";
import { MistakesError, type Mistake } from "../streaming/wording/mistakes.ts";
import { locationKey } from "./keys.ts";
import { misplacedKeys } from "./misplacedKeys.ts";
import type { Reading } from "./read.ts";
import { resolve, type SettingsDraft } from "./resolve.ts";
import type { Settings } from "./settings.ts";
import { shape } from "./shape/schema.ts";

/**
 * The settings of a reading with all defaults, all but the location.
 *
 * @param now when the deployment runs: access and secrets must end later.
 * @param more further mistakes.
 * @throws MistakesError with every mistake at once.
 */
export function settingsOf(
  reading: Reading,
  now: Date,
  more: (draft: SettingsDraft) => Mistake[],
): { settings: Omit<Settings, "location">; warnings: readonly string[] } {
  const { draft, mistakes } = resolve(reading);
  const all = [
    ...reading.mistakes,
    ...mistakes,
    ...misplacedKeys(reading.asked, draft),
    ...mistakesIn(draft),
    ...pastEnds(draft.portalUsers ?? [], now),
    ...pastSecrets(draft.consumers ?? [], now),
    ...(draft.tags ? tagMistakes("tags", draft.tags) : []),
    ...Object.entries(present(draft.tagOverrides ?? {})).flatMap(([kind, tags]) =>
      tagMistakes(`tagOverrides.${kind}`, tags),
    ),
    ...more(draft),
  ];
  if (all.length > 0) throw new MistakesError(inKeyOrder(all));
  // Without a mistake nothing is missing: each key is well formed or has a default.
  return { settings: draft as Settings, warnings: reading.warnings };
}

/** Unknown keys first, then in the order of the settings, then the location. */
function inKeyOrder(mistakes: readonly Mistake[]): Mistake[] {
  const keys = Object.keys(shape);
  const rank = ({ key }: Mistake) =>
    key === locationKey ? keys.length : keys.indexOf(key.replace(/[.[].*$/, ""));
  return [...mistakes].sort((a, b) => rank(a) - rank(b));
}
