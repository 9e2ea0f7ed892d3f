import { createHash } from "node:crypto";
import { isIP } from "node:net";

import { isSince } from "../../arm/apiVersion.ts";
import { find } from "../../arm/inventory.ts";
import { parentOf } from "../../arm/resourceId.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { flag, list, oneOf, readOnly, required, since, structure, text } from "../../arm/shape.ts";
import type { World } from "../../state.ts";
import { findSubnet, hasServiceEndpoint } from "../network/subnetUse.ts";
import { childView } from "./childView.ts";
import { badRequest } from "./error.ts";
import { namespaceType } from "./namespaceNames.ts";
import { tierOf } from "./tiers.ts";
import { versions } from "./versions.ts";

/** event-hubs-quotas.md (MicrosoftDocs/azure-docs), for IP rules and network rules each. */
const maxRules = 128;

/** `default` exists from the start; there is no DELETE. */
export const networkRuleSets: ResourceType = {
  name: `${namespaceType}/networkRuleSets`,
  apiVersions: versions,
  singleton: true,
  body: structure({
    location: readOnly,
    systemData: readOnly,
    properties: structure({
      defaultAction: oneOf("Allow", "Deny"),
      trustedServiceAccessEnabled: since("2018-01-01-preview", flag),
      publicNetworkAccess: since(
        "2021-06-01-preview",
        oneOf("Enabled", "Disabled", { value: "SecuredByPerimeter", since: "2024-01-01" }),
      ),
      ipRules: list(structure({ ipMask: required(text()), action: oneOf("Allow") }), maxRules),
      virtualNetworkRules: list(
        structure({
          subnet: required(structure({ id: required(text()) })),
          ignoreMissingVnetServiceEndpoint: flag,
        }),
        maxRules,
      ),
    }),
  }),
  writing: {
    links: [{ to: "properties.virtualNetworkRules.[].subnet.id", action: "joinViaServiceEndpoint/action" }],
    prepare,
  },
  reading: {
    present: (resource, view) => ({
      ...childView(resource, view),
      properties: {
        publicNetworkAccess: find(view.world, parentOf(resource.id))?.body.properties?.[
          "publicNetworkAccess"
        ],
      },
    }),
  },
};

interface SubnetRule {
  subnet: { id: string };
  ignoreMissingVnetServiceEndpoint?: boolean;
}

interface IpRule {
  ipMask: string;
  action?: string;
}

function prepare({ body, parent, version, world }: Write): void {
  const namespace = find(world, parent);
  if (!namespace) return;
  if (!tierOf(namespace).networkRules) {
    throw badRequest(
      `Network rules can't be set because the namespace '${namespace.name}' is using 'Basic' tier.`,
    );
  }
  const { publicNetworkAccess, ...properties } = body.properties;
  const ipRules = (properties["ipRules"] ?? []) as IpRule[];
  for (const { ipMask } of ipRules)
    if (!isMask(ipMask)) throw badRequest(`The IP mask '${ipMask}' is invalid.`);
  const subnetRules = (properties["virtualNetworkRules"] ?? []) as SubnetRule[];
  for (const rule of subnetRules) requireServiceEndpoint(rule, world);
  body.properties = {
    // The default of an empty rule set changed from Deny to Allow (swagger of Microsoft.EventHub).
    defaultAction: isSince(version, "2021-06-01-preview") ? "Allow" : "Deny",
    ...properties,
    // Without public access nothing else is kept (terraform-provider-azurerm #18616 and #33099).
    ...(publicNetworkAccess === "Disabled" && { defaultAction: "Allow" }),
    ipRules: ipRules.map((rule) => ({ action: "Allow", ...rule })),
    virtualNetworkRules: asKept(subnetRules),
  };
  // One setting that is visible in two places: here and on the namespace.
  namespace.body.properties = {
    ...namespace.body.properties,
    publicNetworkAccess: publicNetworkAccess ?? "Enabled",
  };
}

/**
 * Subnets come back in an order of Azure's own, and the names of their resource groups in lower case (Azure/azure-sdk-for-go #5855,
 * `virtual_network_rule` in terraform-provider-azurerm's `eventhub_namespace_resource.go`).
 */
function asKept(rules: readonly SubnetRule[]): SubnetRule[] {
  const kept = rules.map(({ subnet, ...rule }) => ({
    ignoreMissingVnetServiceEndpoint: false,
    ...rule,
    subnet: { id: subnet.id.replace(/(?<=\/resourceGroups\/)[^/]+/i, (name) => name.toLowerCase()) },
  }));
  const order = ({ subnet }: SubnetRule) =>
    createHash("sha256").update(subnet.id.toLowerCase()).digest("hex");
  return kept.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

function requireServiceEndpoint(rule: SubnetRule, world: World): void {
  const { subnet, ignoreMissingVnetServiceEndpoint: mayMiss } = rule;
  const found = findSubnet(world, subnet.id);
  if (!found) throw badRequest(`The subnet '${subnet.id}' was not found.`);
  if (mayMiss || hasServiceEndpoint(found, "Microsoft.EventHub")) return;
  throw badRequest(`The subnet '${subnet.id}' has no service endpoint for Microsoft.EventHub.`);
}

function isMask(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
