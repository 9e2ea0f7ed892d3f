import type { Answer } from "../http.ts";
import type { World } from "../state.ts";
import type { Caller } from "../signIn/tokens.ts";
import { actionOf } from "./access.ts";

interface Done {
  readonly world: World;
  readonly caller: Caller;
  readonly method: string;
  readonly segments: readonly string[];
}

/** Azure keeps 90 days; here the number of entries is limited, enough for a long day of tests. */
const most = 1000;

/** Remembers a change or an action that succeeded, for the activity log. What only reads is not in it. */
export function remember({ world, caller, method, segments }: Done, { status }: Answer): void {
  const operation = actionOf(method, segments);
  if (status >= 300 || ["GET", "HEAD"].includes(method) || operation === undefined) return;
  const resourceId = `/${segments.slice(0, method === "POST" ? -1 : undefined).join("/")}`;
  const entry = { at: world.now(), operation, resourceId, caller: caller.objectId };
  world.state.activities = [...(world.state.activities ?? []), entry].slice(-most);
}
