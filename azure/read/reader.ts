import type { ProviderResource } from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import type { Arm } from "../arm.ts";
import type { LastDeployment } from "./lastDeployment.ts";

/** Which Azure is read. */
export interface Azure {
  readonly cloud: Cloud;
  /** Reads what azure-native cannot: lists, other subscriptions, and what it has no function for. */
  readonly arm: Arm;
  /** Reads what azure-native can read, and knows the subscription. Default: azure-native's default provider. */
  readonly provider?: ProviderResource | undefined;
}

/** Reads what a sound request names and others created. Nothing is changed. */
export type Reader<Facts> = (
  request: StreamingRequest,
  last: Pick<LastDeployment, "deployed" | "own" | "grants" | "assignments">,
  azure: Azure,
) => Promise<Facts>;
