import { ofType } from "../../../arm/inventory.ts";
import type { ResourceType } from "../../../arm/resourceType.ts";
import { anything, dictionary, oneOf, readOnly, required, structure, text } from "../../../arm/shape.ts";
import { around } from "../around.ts";
import { builtInPolicies } from "./builtInPolicies.ts";

const versions = [
  "2019-09-01",
  "2020-09-01",
  "2021-06-01",
  "2022-06-01",
  "2023-04-01",
  "2024-04-01",
  "2025-01-01",
];

const described = {
  displayName: text(),
  description: text(),
  metadata: anything,
  version: text(),
  versions: readOnly,
};

/** Rules that somebody has written, and those that come with Azure. */
export const policyDefinitions: ResourceType = {
  name: "Microsoft.Authorization/policyDefinitions",
  apiVersions: versions,
  scopes: ["tenant", "subscription"],
  naming: { given: (name) => builtInPolicies[name.toLowerCase()] },
  body: structure({
    properties: required(
      structure({
        ...described,
        policyType: oneOf("NotSpecified", "BuiltIn", "Custom", "Static"),
        mode: text(),
        parameters: dictionary(anything),
        policyRule: required(anything),
      }),
    ),
  }),
  writing: { status: { created: 201, updated: 201 } },
  reading: { list: (_scope, { world }) => ofType(world, "Microsoft.Authorization/policyDefinitions") },
};

/** Initiatives: several rules that are assigned together. */
export const policySetDefinitions: ResourceType = {
  name: "Microsoft.Authorization/policySetDefinitions",
  apiVersions: versions,
  scopes: ["tenant", "subscription"],
  body: structure({
    properties: required(
      structure({
        ...described,
        policyType: oneOf("NotSpecified", "BuiltIn", "Custom", "Static"),
        parameters: dictionary(anything),
        policyDefinitions: required(anything),
        policyDefinitionGroups: anything,
      }),
    ),
  }),
  writing: { status: { created: 201, updated: 200 } },
};

export const assignmentsOfPolicies = "Microsoft.Authorization/policyAssignments";

/** A rule or an initiative that holds at a scope and below it. */
export const policyAssignments: ResourceType = {
  name: assignmentsOfPolicies,
  apiVersions: versions,
  scopes: ["subscription", "resourceGroup", "resource"],
  body: structure({
    location: text(),
    identity: anything,
    properties: required(
      structure({
        ...described,
        policyDefinitionId: required(text()),
        parameters: dictionary(anything),
        enforcementMode: oneOf("Default", "DoNotEnforce", "Enroll"),
        notScopes: anything,
        nonComplianceMessages: anything,
        scope: readOnly,
      }),
    ),
  }),
  writing: {
    status: { created: 201, updated: 201 },
    prepare({ body }) {
      body.properties["enforcementMode"] ??= "Default";
    },
  },
  deletion: { returnsDeleted: true },
  reading: { list: (scope, view) => around(assignmentsOfPolicies, scope, view) },
};

export const exemptionsFromPolicies = "Microsoft.Authorization/policyExemptions";

/** Exempts a scope from an assignment. */
export const policyExemptions: ResourceType = {
  name: exemptionsFromPolicies,
  apiVersions: ["2020-07-01-preview", "2022-07-01-preview", "2024-12-01-preview"],
  scopes: ["subscription", "resourceGroup", "resource"],
  body: structure({
    properties: required(
      structure({
        ...described,
        policyAssignmentId: required(text()),
        policyDefinitionReferenceIds: anything,
        exemptionCategory: required(oneOf("Waiver", "Mitigated")),
        expiresOn: text(),
      }),
    ),
  }),
  writing: { status: { created: 201, updated: 200 } },
  reading: { list: (scope, view) => around(exemptionsFromPolicies, scope, view) },
};
