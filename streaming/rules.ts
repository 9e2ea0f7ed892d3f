import { MistakesError, type Mistake } from "./mistakes.ts";
import type { Draft, StreamingRequest } from "./request.ts";
import { accessRules } from "./rules/access.ts";
import { capacityRules } from "./rules/capacity.ts";
import { consumerRules } from "./rules/consumers.ts";
import { dataLossRules } from "./rules/dataLoss.ts";
import { dedicatedRules } from "./rules/dedicated.ts";
import { destinationRules } from "./rules/destinations.ts";
import { encryptionRules } from "./rules/encryption.ts";
import { endpointIntegrationRules } from "./rules/endpointIntegration.ts";
import { existingRules } from "./rules/existing.ts";
import { eventHubNetworkRules } from "./rules/eventHubNetwork.ts";
import { exportSettingRules } from "./rules/exportSettings.ts";
import { hubRules } from "./rules/hubs.ts";
import { identityRules } from "./rules/identities.ts";
import { placementRules } from "./rules/placement.ts";
import { principalRules } from "./rules/principals.ts";
import { privateEndpointRules } from "./rules/privateEndpoints.ts";
import type { Rule } from "./rules/rule.ts";
import { storageRules } from "./rules/storage.ts";
import { tableRules } from "./rules/tables.ts";
import { storageDefaults } from "./storage.ts";

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

/** @throws MistakesError with all mistakes, when there are any. */
export function check(request: StreamingRequest): void {
  const mistakes = mistakesIn({ ...request, storage: request.storage ?? storageDefaults });
  if (mistakes.length > 0) throw new MistakesError(mistakes);
}
