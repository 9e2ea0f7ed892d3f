import { type Answer, ArmError } from "./armError.ts";
import { Pause } from "./pause.ts";
import { isObject, type Properties } from "../properties.ts";

type State = "running" | "succeeded" | "failed";

/**
 * Waits for the end of an operation and gives its result, the way azcore's poller does: by Azure-AsyncOperation (or
 * Operation-Location), else by Location, else, for a PUT, by the resource's own provisioningState.
 *
 * @param get sends a GET
 * @param longest seconds between two looks, at most
 * @throws ArmError when the operation failed or was canceled, or can't be looked at
 */
export async function ended(
  get: (url: string) => Promise<Answer>,
  method: "PUT" | "DELETE",
  url: string,
  answer: Answer,
  longest: number,
  signal?: AbortSignal,
): Promise<Properties> {
  const operation = answer.headers.get("azure-asyncoperation") ?? answer.headers.get("operation-location");
  const location = answer.headers.get("location");
  const wait = (
    first: Answer,
    state: (answer: Answer) => State,
    next: (answer: Answer) => Promise<Answer>,
    known: boolean,
  ) => waited(first, state, next, known, new Pause(longest, signal));

  if (operation) {
    await wait(answer, operationState, () => get(absolute(operation, url)), false);
    return method === "PUT" ? resource(await get(url)) : {};
  }
  if (location) {
    let from = pollUrl(location, url);
    const next = async (last: Answer) => {
      const moved = last.headers.get("location");
      if (moved) from = pollUrl(moved, url);
      return get(from);
    };
    return (await wait(answer, locationState, next, false)).body;
  }
  if (method === "PUT") return (await wait(answer, resourceState, () => get(url), true)).body;
  return answer.body;
}

/** @param known whether the first answer already tells the state */
async function waited(
  first: Answer,
  state: (answer: Answer) => State,
  next: (answer: Answer) => Promise<Answer>,
  known: boolean,
  pause: Pause,
): Promise<Answer> {
  let answer = first;
  let current = known ? state(answer) : "running";
  if (current === "running" && answer.headers.has("retry-after")) await pause.after(answer.headers);
  while (current === "running") {
    answer = await next(answer);
    if (answer.status >= 400) throw new ArmError(answer);
    current = state(answer);
    if (current === "running") await pause.after(answer.headers);
  }
  if (current === "failed") throw new ArmError(answer);
  return answer;
}

const operationState = (answer: Answer) => named(answer.body["status"]);

function locationState(answer: Answer): State {
  const { properties } = answer.body;
  if (isObject(properties) && properties["provisioningState"] !== undefined)
    return named(properties["provisioningState"]);
  return answer.status === 202 ? "running" : "succeeded";
}

function resourceState(answer: Answer): State {
  const { properties } = answer.body;
  if (isObject(properties) && properties["provisioningState"] !== undefined)
    return named(properties["provisioningState"]);
  return answer.status === 201 || answer.status === 202 ? "running" : "succeeded";
}

function named(state: unknown): State {
  const name = typeof state === "string" ? state.toLowerCase() : "";
  if (name === "succeeded") return "succeeded";
  return ["failed", "canceled", "cancelled"].includes(name) ? "failed" : "running";
}

function resource(answer: Answer): Properties {
  if (answer.status !== 200) throw new ArmError(answer);
  return answer.body;
}

const absolute = (target: string, url: string) => new URL(target, url).href;

/** The absolute URL of a Location, with the operation's api-version if it has none, as azure-native does. */
function pollUrl(location: string, url: string): string {
  const target = new URL(location, url);
  if (!target.searchParams.has("api-version"))
    target.searchParams.set("api-version", new URL(url).searchParams.get("api-version") ?? "");
  return target.href;
}
