import { isIPv4 } from "node:net";

import { ArmError } from "../../arm/error.ts";
import { flag, list, oneOf, readOnly, required, structure, text } from "../../arm/shape.ts";
import type { World } from "../../state.ts";
import { findSubnet, hasServiceEndpoint } from "../network/subnetUse.ts";

/** storage-network-security.md (MicrosoftDocs/azure-docs). */
const maxRules = 400;

export const networkAclsShape = structure({
  defaultAction: required(oneOf("Allow", "Deny")),
  // A list, written as text: `Logging, AzureServices`.
  bypass: text({ pattern: /^(None|(Logging|Metrics|AzureServices)(, ?(Logging|Metrics|AzureServices))*)$/ }),
  ipRules: list(structure({ value: required(text()), action: oneOf("Allow") }), maxRules),
  virtualNetworkRules: list(
    structure({
      id: required(text()),
      action: oneOf("Allow"),
      state: readOnly,
      ignoreMissingVnetServiceEndpoint: flag,
    }),
    maxRules,
  ),
  resourceAccessRules: list(structure({ tenantId: text(), resourceId: text() }), 200),
});

interface NetworkAcls {
  defaultAction: string;
  bypass?: string;
  ipRules?: { value: string }[];
  virtualNetworkRules?: { id: string; ignoreMissingVnetServiceEndpoint?: boolean }[];
  resourceAccessRules?: object[];
}

/** Checks network rules, and fills in what Azure fills in. */
export function completeNetworkAcls(given: NetworkAcls | undefined, world: World): NetworkAcls {
  const acls = given ?? { defaultAction: "Allow" };
  const ipRules = acls.ipRules ?? [];
  ipRules.forEach(({ value }, index) => {
    if (!isPublicRange(value)) throw invalidValue(`networkAcls.ipRules[${index}].value`);
  });
  for (const rule of acls.virtualNetworkRules ?? []) requireServiceEndpoint(rule, world);
  return {
    bypass: "AzureServices",
    ...acls,
    ipRules: ipRules.map((rule) => ({ action: "Allow", ...rule })),
    virtualNetworkRules: (acls.virtualNetworkRules ?? []).map((rule) => ({
      action: "Allow",
      ...rule,
      state: "Succeeded",
    })),
  };
}

/** No private address, and no suffix /31 or /32 (storage-network-security.md, azure-docs). */
function isPublicRange(value: string): boolean {
  const [address = "", bits, ...more] = value.split("/");
  if (!isIPv4(address) || more.length > 0) return false;
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)) return false;
  return bits === undefined || (/^\d{1,2}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= 30);
}

/** hashicorp/terraform-provider-azurerm #16547. */
function requireServiceEndpoint(
  {
    id,
    ignoreMissingVnetServiceEndpoint: mayMiss,
  }: { id: string; ignoreMissingVnetServiceEndpoint?: boolean },
  world: World,
): void {
  const subnet = findSubnet(world, id);
  if (subnet && (mayMiss || hasServiceEndpoint(subnet, "Microsoft.Storage"))) return;
  const name = id.split("/").at(-1) ?? "";
  const network = id.replace(/\/subnets\/[^/]+$/i, "");
  const why = subnet
    ? `SubnetsHaveNoServiceEndpointsConfigured:Subnets ${name} of virtual network ${network} do not have ServiceEndpoints for Microsoft.Storage resources configured. Add Microsoft.Storage to subnet's ServiceEndpoints collection before trying to ACL Microsoft.Storage resources to these subnets..`
    : `SubnetsNotFound:Subnets ${name} of virtual network ${network} were not found.`;
  throw new ArmError(400, "NetworkAclsValidationFailure", `Validation of network acls failure: ${why}`);
}

/** hashicorp/terraform-provider-azurerm issues on ip_rules. */
function invalidValue(member: string): ArmError {
  return new ArmError(
    400,
    "InvalidValuesForRequestParameters",
    `Values for request parameters are invalid: ${member}. For more information, see - https://aka.ms/storagenetworkruleset`,
  );
}
