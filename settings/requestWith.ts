import type { z } from "zod";
import type { ConsumerIdentity, PortalUserIdentity } from "../streaming/people/identities.ts";
import type { Consumer, PortalUser } from "../streaming/people/principals.ts";
import { MistakesError, type Mistake } from "../streaming/wording/mistakes.ts";
import { inKeyOrder, judge } from "./check.ts";
import { readValues } from "./read.ts";
import type { SettingsDraft } from "./resolve.ts";
import type { Settings } from "./settings.ts";
import type { schema } from "./shape/schema.ts";

/** Everybody by object id: whoever has a name is looked up by `lookUp`, beside the request. */
interface Known {
  portalUsers: readonly PortalUser[];
  consumers: readonly Consumer[];
}

/** What is to differ from the defaults. docs/settings.md lists the keys, their values and their defaults. */
export type Wishes = Omit<z.input<typeof schema>, keyof Known> & Partial<Known>;

/** A request with all its parts: what `plan()` takes, and what of it `DefenderStreaming` takes as well. */
export type FullRequest = Omit<Settings, "location" | keyof Known> & Known;

/**
 * A request for `plan()` that is everywhere the default but where you say otherwise; the same settings, defaults and rules
 * as those of a stack file, without the project's name before the keys.
 *
 * @example requestWith({ product: "endpoint", layout: "single", hubName: "defender" })
 * @param now when the deployment is asked for: ends of access lie behind it.
 * @throws MistakesError with every mistake at once.
 */
export function requestWith(wishes: Wishes = {}, now = new Date()): FullRequest {
  return settingsWith(wishes, now, ({ portalUsers, consumers }) => [
    ...unknownIn("portalUsers", portalUsers),
    ...unknownIn("consumers", consumers),
  ]) as FullRequest;
}

/**
 * All settings but the location, everywhere the default but where `values` say otherwise.
 *
 * @throws MistakesError with every mistake at once.
 */
export function settingsWith(
  values: Readonly<Record<string, unknown>>,
  now: Date,
  more: (draft: SettingsDraft) => Mistake[] = () => [],
): Omit<Settings, "location"> {
  const { draft, mistakes } = judge(readValues(values), now);
  const all = [...mistakes, ...more(draft)];
  if (all.length > 0) throw new MistakesError(inKeyOrder(all));
  // Without a mistake nothing is missing: each key was well formed, or has a default.
  return draft as Settings;
}

function unknownIn(
  list: keyof Known,
  principals: readonly (PortalUserIdentity | ConsumerIdentity)[] = [],
): Mistake[] {
  return principals.flatMap((value, index) =>
    value.objectId === undefined
      ? [
          {
            key: `${list}[${String(index)}]`,
            value,
            rule: "A request names everybody by object id: looking up and making applications comes before.",
            fix: `Leave \`${list}\` out here, give them to \`lookUp\` and \`decide\` beside the request, and the component what \`decide\` and \`makeApplications\` return.`,
          },
        ]
      : [],
  );
}
