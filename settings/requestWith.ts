import type { z } from "zod";
import type { ConsumerIdentity, PortalUserIdentity } from "../streaming/people/identities.ts";
import type { Consumer, PortalUser } from "../streaming/people/principals.ts";
import { type Mistake, mistakes } from "../streaming/wording/mistakes.ts";
import { settingsOf } from "./check.ts";
import { readValues } from "./read.ts";
import type { Settings } from "./settings.ts";
import type { schema } from "./shape/schema.ts";

/** People and applications by object id. `lookUp` finds those that have a name instead, beside the request. */
interface Known {
  portalUsers: readonly PortalUser[];
  consumers: readonly Consumer[];
}

/** The settings that differ from the defaults. docs/settings.md lists the keys, their values and their defaults. */
export type Wishes = Omit<z.input<typeof schema>, keyof Known> & Partial<Known>;

/** A request with all its parts: what `plan()` takes, and what of it `DefenderStreaming` takes as well. */
export type FullRequest = Omit<Settings, "location" | keyof Known> & Known;

/**
 * A request for `plan()`: your settings, and the default of every other one. Settings, defaults and rules are those of a stack
 * file; the keys are without the project's name.
 *
 * @example requestWith({ product: "endpoint", layout: "single", hubName: "defender" })
 * @param now when the deployment runs: access and secrets must end later.
 * @throws MistakesError with every mistake at once.
 */
export function requestWith(wishes: Wishes = {}, now = new Date()): FullRequest {
  const { settings } = settingsOf(readValues(wishes), now, ({ portalUsers, consumers }) => [
    ...unknownIn("portalUsers", portalUsers),
    ...unknownIn("consumers", consumers),
  ]);
  return settings as FullRequest;
}

function unknownIn(
  list: keyof Known,
  principals: readonly (PortalUserIdentity | ConsumerIdentity)[] = [],
): Mistake[] {
  return principals.flatMap((value, index) =>
    mistakes(
      value.objectId === undefined && {
        key: `${list}[${String(index)}]`,
        value,
        rule: "A request names people and applications by object id: they are looked up, or created, before it.",
        fix: `Leave \`${list}\` out here and pass it to \`lookUp\` and \`decide\` beside the request. The component gets what \`decide\` and \`createApplications\` return.`,
      },
    ),
  );
}
