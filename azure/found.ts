import { asFound, type Found, type Unread } from "../streaming/cloud/found.ts";
import { isRefusal } from "./requests.ts";

/** What a reading returns, or why Azure does not show it. */
export async function found<Facts>(reading: () => Promise<Facts>): Promise<Found<Facts>> {
  try {
    return await reading();
  } catch (error) {
    const why = whyUnread(error);
    if (why === undefined) throw error;
    return why;
  }
}

/** What a reading returns; undefined when Azure does not show it. */
export async function unlessUnread<Facts>(reading: () => Promise<Facts>): Promise<Facts | undefined> {
  return asFound(await found(reading));
}

/** What a reading returns; undefined when nothing is there. */
export async function unlessMissing<Facts>(reading: () => Promise<Facts>): Promise<Facts | undefined> {
  try {
    return await reading();
  } catch (error) {
    if (whyUnread(error) !== "missing") throw error;
    return undefined;
  }
}

function whyUnread(error: unknown): Unread | undefined {
  if (isRefusal(error)) return ({ 403: "hidden", 404: "missing" } as const)[error.statusCode];
  // azure-native's functions have ARM's code in the text of the error only.
  const text = String(error);
  if (/ResourceNotFound|ResourceGroupNotFound|Status=404|\b404 Not Found\b/i.test(text)) return "missing";
  return /AuthorizationFailed|Status=403/i.test(text) ? "hidden" : undefined;
}
