import type { DefenderStreamingArgs } from "../../components/defenderStreaming.ts";
import type { Consumer, PortalUser } from "../../streaming/people/principals.ts";
import { type CurrentState, plan } from "../../streaming/plan.ts";
import type { StreamingRequest } from "../../streaming/request.ts";

/** What the component is given for a request in which everybody is named by object id. */
export function streamingArgs(
  request: StreamingRequest & {
    readonly portalUsers: readonly PortalUser[];
    readonly consumers: readonly Consumer[];
  },
  args: Partial<DefenderStreamingArgs> = {},
  current: CurrentState = {},
): DefenderStreamingArgs {
  const { location = "westeurope" } = args;
  const { portalUsers, consumers } = request;
  const known = typeof location === "string" ? { location } : {};
  return { plan: plan({ ...request, ...known }, current), location, portalUsers, consumers, ...args };
}
