import { hasZones } from "../cloud/regions.ts";
import { at, below, equals, everyOne, type BenchmarkRule } from "./rule.ts";

const type = "Microsoft.EventHub/namespaces";
const isClosed = equals("publicNetworkAccess", "Disabled");

/**
 * Event Hubs' rules of PSRule.Rules.Azure (Azure.EventHub.Rule.ps1 and .yaml, baseline Azure.GA_2026_03) and checkov 3.3
 * (checkov/arm/checks and checkov/terraform/checks).
 */
export const eventHubRules: readonly BenchmarkRule[] = [
  {
    id: "Azure.EventHub.DisableLocalAuth",
    policy: "5d4e3c65-4873-47be-94f3-6f8b953a3598",
    type,
    asks: "shared access keys are off",
    holds: equals("disableLocalAuth", true),
    exceptions: [
      {
        which: "namespaces",
        isFor: everyOne,
        reason:
          "Defender most likely writes through Azure Monitor's pipeline, which signs in with the namespace's root key. Without keys the events may stop. See docs/unknowns.md",
      },
    ],
  },
  {
    id: "Azure.EventHub.MinTLS",
    type,
    asks: "TLS 1.2 or newer",
    holds: equals("minimumTlsVersion", "1.2", "1.3"),
  },
  {
    id: "CKV_AZURE_223",
    type,
    asks: "TLS 1.2",
    holds: equals("minimumTlsVersion", "1.2", undefined),
  },
  {
    id: "Azure.EventHub.Firewall",
    policy: "0602787f-9896-402a-a6e1-39ee63ee435e",
    type,
    asks: "the public endpoint is closed, or denies by default",
    holds: (namespace, all) => {
      if (namespace.sku?.name === "Basic") return true;
      // A rule set has priority over the namespace's own setting.
      const ruleSets = below(namespace, all, `${type}/networkRuleSets`);
      return ruleSets.length === 0
        ? isClosed(namespace)
        : ruleSets.every((rules) => isClosed(rules) || at(rules, "defaultAction") === "Deny");
    },
    exceptions: [
      {
        which: "namespaces without network rules",
        isFor: everyOne,
        reason:
          "without rules, denying by default still allows everyone, and only you know whom to allow. Every reader and writer signs in over TLS",
        otherwise: "`eventHubNetwork`",
      },
    ],
  },
  {
    id: "Azure.EventHub.AvailabilityZone",
    type,
    asks: "availability zones, if the region has them",
    holds: (namespace) => !hasZones(namespace.location ?? "") || at(namespace, "zoneRedundant") === true,
    exceptions: [
      {
        which: "namespaces on a cluster",
        isFor: (namespace) => at(namespace, "clusterArmId") !== undefined,
        reason: "the cluster decides whether its namespaces have zones",
      },
    ],
  },
  {
    id: "CKV_AZURE_228",
    type,
    asks: "a region with availability zones; you choose the region",
    holds: (namespace) => hasZones(namespace.location ?? ""),
  },
  {
    id: "Azure.EventHub.Usage",
    type,
    asks: "a namespace has a hub",
    holds: (namespace, all) => below(namespace, all, `${type}/eventhubs`).length > 0,
  },
];
