import type { Found } from "../../../streaming/existing/facts.ts";
import { unlessMissing } from "../../unlessMissing.ts";

/** What a reading yields, or why it yields nothing. */
export async function found<Facts>(reading: () => Promise<Facts>): Promise<Found<Facts>> {
  try {
    return (await unlessMissing(reading())) ?? "missing";
  } catch (error) {
    if (/AuthorizationFailed|Status=403/i.test(String(error))) return "forbidden";
    throw error;
  }
}
