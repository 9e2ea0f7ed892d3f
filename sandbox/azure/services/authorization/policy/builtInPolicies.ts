import type { Body } from "../../../state.ts";

/** A built-in policy that sets a field, whatever the request says. The embedded Azure lists it, and does not apply it. */
function sets(displayName: string, field: string, value: unknown): Body {
  return {
    properties: {
      displayName,
      policyType: "BuiltIn",
      mode: "Indexed",
      parameters: {
        effect: { type: "String", defaultValue: "Modify", allowedValues: ["Modify", "Disabled"] },
      },
      policyRule: {
        if: { field, notEquals: value },
        then: {
          effect: "[parameters('effect')]",
          details: { conflictEffect: "audit", operations: [{ operation: "addOrReplace", field, value }] },
        },
      },
    },
  };
}

/** Those that a test assigns (built-in-policies/policyDefinitions, Azure/azure-policy), by name. */
export const builtInPolicies: Readonly<Record<string, Body>> = {
  "57f35901-8389-40bb-ac49-3ba4f86d889d": sets(
    "Configure Azure Event Hub namespaces to disable local authentication",
    "Microsoft.EventHub/namespaces/disableLocalAuth",
    true,
  ),
  "a06d0189-92e8-4dba-b0c4-08d7669fce7d": sets(
    "Configure storage accounts to disable public network access",
    "Microsoft.Storage/storageAccounts/publicNetworkAccess",
    "Disabled",
  ),
  "f81e3117-0093-4b17-8a60-82363134f0eb": sets(
    "Configure secure transfer of data on a storage account",
    "Microsoft.Storage/storageAccounts/supportsHttpsTrafficOnly",
    true,
  ),
  "5ffd78d9-436d-4b41-a421-5baa819e3008": sets(
    "Add or replace a tag on resources",
    "[concat('tags[', parameters('tagName'), ']')]",
    "[parameters('tagValue')]",
  ),
  "d157c373-a6c4-483d-aaad-570756956268": sets(
    "Add or replace a tag on resource groups",
    "[concat('tags[', parameters('tagName'), ']')]",
    "[parameters('tagValue')]",
  ),
};
