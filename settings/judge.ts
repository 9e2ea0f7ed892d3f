import type { Mistake } from "../streaming/mistakes.ts";
import { mistakesIn } from "../streaming/rules.ts";
import { tagMistakes } from "../streaming/tags.ts";
import { locationKey } from "./keys.ts";
import { misplacedKeys } from "./misplacedKeys.ts";
import type { Reading } from "./read.ts";
import { resolve, type SettingsDraft } from "./resolve.ts";
import { shape } from "./schema.ts";

/** The settings that were read, with all defaults, and every mistake in them. */
export function judge(reading: Reading): { draft: SettingsDraft; mistakes: Mistake[] } {
  const { draft, mistakes } = resolve(reading);
  return {
    draft,
    mistakes: [
      ...reading.mistakes,
      ...mistakes,
      ...misplacedKeys(reading.asked, draft),
      ...mistakesIn(draft),
      ...(draft.tags ? tagMistakes("tags", draft.tags) : []),
    ],
  };
}

/** Unknown keys first, then in the order of the settings, then the location. */
export function inKeyOrder(mistakes: readonly Mistake[]): Mistake[] {
  const keys = Object.keys(shape);
  const rank = ({ key }: Mistake) =>
    key === locationKey ? keys.length : keys.indexOf(key.replace(/[.[].*$/, ""));
  return [...mistakes].sort((a, b) => rank(a) - rank(b));
}
