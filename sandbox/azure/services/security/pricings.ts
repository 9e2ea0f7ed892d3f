import type { ResourceType } from "../../arm/resourceType.ts";
import { anything, list, oneOf, readOnly, required, since, structure, text } from "../../arm/shape.ts";
import type { Body } from "../../state.ts";
import { subscriptionNotRegistered } from "./error.ts";
import { listGiven, spelledAs } from "./given.ts";

const typeName = "Microsoft.Security/pricings";
const names = [
  "VirtualMachines",
  "SqlServers",
  "AppServices",
  "StorageAccounts",
  "SqlServerVirtualMachines",
  "KeyVaults",
  "Arm",
  "OpenSourceRelationalDatabases",
  "CosmosDbs",
  "Containers",
  "CloudPosture",
  "Api",
];

function given(name: string): Body | undefined {
  return spelledAs(name, names) === undefined ? undefined : { properties: { pricingTier: "Free" } };
}

/** The plans of Defender for Cloud, of a whole subscription: free until somebody buys them. */
export const pricings: ResourceType = {
  name: typeName,
  apiVersions: ["2018-06-01", "2022-03-01", "2023-01-01", "2024-01-01"],
  scopes: ["subscription"],
  singleton: true,
  naming: { given },
  body: structure({
    properties: structure({
      pricingTier: required(oneOf("Free", "Standard")),
      subPlan: since("2022-03-01", text()),
      enforce: since("2024-01-01", oneOf("False", "True")),
      extensions: since(
        "2023-01-01",
        list(
          structure({
            name: required(text()),
            isEnabled: required(oneOf("True", "False")),
            additionalExtensionProperties: anything,
            operationStatus: readOnly,
          }),
        ),
      ),
      freeTrialRemainingTime: readOnly,
      deprecated: since("2022-03-01", readOnly),
      replacedBy: since("2022-03-01", readOnly),
      enablementTime: since("2023-01-01", readOnly),
      inherited: since("2024-01-01", readOnly),
      inheritedFrom: since("2024-01-01", readOnly),
      resourcesCoverageStatus: since("2024-01-01", readOnly),
    }),
  }),
  writing: {
    prepare({ name, body }) {
      // Without a sub-plan a server gets the full plan (rest/api/defenderforcloud, pricings - update).
      if (name.toLowerCase() !== "virtualmachines" || body.properties["pricingTier"] !== "Standard") return;
      body.properties["subPlan"] ??= "P2";
    },
  },
  reading: {
    whenUnregistered: subscriptionNotRegistered,
    list: listGiven(typeName, names, given),
    present: () => ({ properties: { freeTrialRemainingTime: "PT0S" } }),
  },
};
