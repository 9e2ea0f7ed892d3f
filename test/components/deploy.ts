import { DefenderStreaming, type DefenderStreamingArgs } from "../../components/defenderStreaming.ts";
import type { CurrentState } from "../../streaming/plan.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { request } from "../streaming/requests.ts";
import { resourcesOf } from "./mocks.ts";
import { streamingArgs } from "./streamingArgs.ts";

export const user = {
  name: "Alex",
  objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245",
  principalType: "User",
} as const;
export const group = {
  name: "SOC",
  objectId: "c2a50e7f-94db-4163-b8fe-57d3096ac8e1",
  principalType: "Group",
} as const;
export const siem = {
  name: "SIEM",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
} as const;

/** On Standard, with auto-inflate and one consumer group. */
export function deploy(
  changes: Partial<StreamingRequest> = {},
  args: Partial<DefenderStreamingArgs> = {},
  current: CurrentState = {},
) {
  const asked = request({
    autoInflate: { maximumThroughputUnits: 10 },
    retentionHours: 168,
    consumerGroups: ["siem"],
    portalUsers: [],
    ...changes,
  });
  return resourcesOf(() => new DefenderStreaming("defender", streamingArgs(asked, args, current)));
}
