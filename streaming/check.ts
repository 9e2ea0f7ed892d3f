import type { Mistake } from "./wording/mistakes.ts";
import type { Draft } from "./request.ts";
import { accessRules } from "./people/accessRules.ts";
import { capacityRules } from "./eventHubs/capacityRules.ts";
import { consumerRules } from "./consumers/rules.ts";
import { dataLossRules } from "./changes/dataLossRules.ts";
import { dedicatedRules } from "./existing/clusterRules.ts";
import { destinationRules } from "./defender/destinationRules.ts";
import { encryptionRules } from "./encryption/rules.ts";
import { endpointIntegrationRules } from "./defender/endpointIntegrationRules.ts";
import { existingRules } from "./existing/rules.ts";
import { eventHubNetworkRules } from "./network/namespaceFirewallRules.ts";
import { exportSettingRules } from "./placement/exportSettingRules.ts";
import { hubRules } from "./eventHubs/hubRules.ts";
import { identityRules } from "./people/identityRules.ts";
import { placementRules } from "./placement/rules.ts";
import { principalRules } from "./people/principalRules.ts";
import { privateEndpointRules } from "./network/privateEndpointRules.ts";
import type { Rule } from "./rule.ts";
import { storageRules } from "./storage/rules.ts";
import { tableRules } from "./defender/tableRules.ts";

const rules: readonly Rule[] = [
  ...destinationRules,
  ...tableRules,
  ...hubRules,
  ...capacityRules,
  ...principalRules,
  ...identityRules,
  ...accessRules,
  ...consumerRules,
  ...exportSettingRules,
  ...placementRules,
  ...storageRules,
  ...encryptionRules,
  ...eventHubNetworkRules,
  ...privateEndpointRules,
  ...dataLossRules,
  ...endpointIntegrationRules,
  ...dedicatedRules,
  ...existingRules,
];

/** Every mistake in what is there of a request. */
export function mistakesIn(request: Draft): Mistake[] {
  return rules.flatMap((rule) => rule(request));
}
