import type { Body } from "../../../state.ts";

/** A built-in policy that sets one property, whatever was asked for. */
function sets(displayName: string, type: string, property: string, value: unknown): Body {
  const field = `${type}/${property}`;
  return {
    properties: {
      displayName,
      policyType: "BuiltIn",
      mode: "Indexed",
      parameters: {
        effect: { type: "String", defaultValue: "Modify", allowedValues: ["Modify", "Disabled"] },
      },
      policyRule: {
        if: {
          allOf: [
            { field: "type", equals: type },
            { field, notEquals: value },
          ],
        },
        then: {
          effect: "[parameters('effect')]",
          details: { conflictEffect: "audit", operations: [{ operation: "addOrReplace", field, value }] },
        },
      },
    },
  };
}

/** Those that rewrite what Defender needs (built-in-policies/policyDefinitions, Azure/azure-policy), by name. */
export const builtInPolicies: Readonly<Record<string, Body>> = {
  "57f35901-8389-40bb-ac49-3ba4f86d889d": sets(
    "Configure Azure Event Hub namespaces to disable local authentication",
    "Microsoft.EventHub/namespaces",
    "disableLocalAuth",
    true,
  ),
  "a06d0189-92e8-4dba-b0c4-08d7669fce7d": sets(
    "Configure storage accounts to disable public network access",
    "Microsoft.Storage/storageAccounts",
    "publicNetworkAccess",
    "Disabled",
  ),
};
