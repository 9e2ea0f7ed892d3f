import { hasZones } from "../../../streaming/cloud/regions.ts";
import { encrypts } from "../../../streaming/encryption/customerManagedKey.ts";
import { tiers } from "../../../streaming/eventHubs/tiers.ts";
import { eventHubNetworkDefaults } from "../../../streaming/network/namespaceFirewall.ts";
import type { PlannedNamespace } from "../../../streaming/planned.ts";
import { type Asked, type Content, tagsOf } from "./content.ts";

/** Namespaces, and the firewall of each. */
export function eventHubContents({ settings, made }: Asked): Content[] {
  return made.namespaces.flatMap((planned) => [
    namespace(settings, planned),
    ...(tiers[planned.tier].networkRules ? [ruleSet(planned)] : []),
  ]);
}

function namespace(settings: Asked["settings"], planned: PlannedNamespace): Content {
  const { location, customerManagedKey: key } = settings;
  const { sku } = tiers[planned.tier];
  const isEncrypted = key !== undefined && encrypts(key, "eventHub");
  return {
    type: "Microsoft.EventHub/namespaces",
    apiVersion: "2024-01-01",
    ...{ location, tags: tagsOf(settings, "namespace"), sku: { name: sku, tier: sku } },
    ...(isEncrypted && { identity: { type: "UserAssigned" } }),
    properties: {
      disableLocalAuth: false,
      minimumTlsVersion: "1.2",
      publicNetworkAccess: publicNetworkAccess(planned),
      ...(planned.clusterId === undefined
        ? hasZones(location) && { zoneRedundant: true }
        : { clusterArmId: planned.clusterId }),
      ...(isEncrypted && {
        encryption: { keySource: "Microsoft.KeyVault", requireInfrastructureEncryption: true },
      }),
    },
  };
}

const publicNetworkAccess = ({ network }: PlannedNamespace) =>
  network?.publicAccess === "disabled" ? "Disabled" : "Enabled";

function ruleSet(planned: PlannedNamespace): Content {
  const { publicAccess, ipRules, virtualNetworkRules } = planned.network ?? eventHubNetworkDefaults;
  return {
    type: "Microsoft.EventHub/namespaces/networkRuleSets",
    apiVersion: "2024-01-01",
    properties: {
      defaultAction: publicAccess === "open" ? "Allow" : "Deny",
      ipRules: ipRules.map((ipMask) => ({ ipMask, action: "Allow" })),
      publicNetworkAccess: publicNetworkAccess(planned),
      trustedServiceAccessEnabled: true,
      virtualNetworkRules: virtualNetworkRules.map((id) => ({
        ignoreMissingVnetServiceEndpoint: false,
        subnet: { id },
      })),
    },
  };
}
