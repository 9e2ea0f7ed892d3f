import { ArmError } from "../../arm/error.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import {
  anything,
  flag,
  list,
  oneOf,
  readOnly,
  required,
  since,
  structure,
  text,
  whole,
} from "../../arm/shape.ts";
import { accountType } from "./accountNames.ts";
import { versions } from "./versions.ts";

const days = structure({
  daysAfterModificationGreaterThan: whole({ min: 0 }),
  daysAfterLastAccessTimeGreaterThan: whole({ min: 0 }),
  daysAfterLastTierChangeGreaterThan: whole({ min: 0 }),
  daysAfterCreationGreaterThan: whole({ min: 0 }),
});
const actions = structure({
  tierToCool: days,
  tierToCold: since("2022-09-01", days),
  tierToArchive: days,
  tierToHot: since("2022-09-01", days),
  delete: days,
  enableAutoTierToHotFromCool: flag,
});

interface Rule {
  name: string;
  definition: {
    actions: Record<string, Record<string, unknown> | undefined>;
    filters?: { blobTypes: string[]; prefixMatch?: string[] };
  };
}

/** Limits: lifecycle-management-policy-structure.md (MicrosoftDocs/azure-docs). */
const maxRules = 100;
const maxPrefixes = 10;

export const managementPolicies: ResourceType = {
  name: `${accountType}/managementPolicies`,
  apiVersions: versions,
  naming: {
    check(name) {
      if (name !== "default") throw refused("The name of a management policy is 'default'.");
    },
  },
  body: structure({
    properties: required(
      structure({
        lastModifiedTime: readOnly,
        policy: required(
          structure({
            rules: required(
              list(
                structure({
                  name: required(text({ pattern: /^[A-Za-z0-9-]{1,256}$/ })),
                  enabled: flag,
                  type: required(oneOf("Lifecycle")),
                  definition: required(
                    structure({
                      actions: required(
                        structure({ baseBlob: actions, snapshot: actions, version: actions }),
                      ),
                      filters: structure({
                        blobTypes: required(list(oneOf("blockBlob", "appendBlob"))),
                        prefixMatch: list(text()),
                        blobIndexMatch: anything,
                      }),
                    }),
                  ),
                }),
                maxRules,
              ),
            ),
          }),
        ),
      }),
    ),
  }),
  writing: { prepare },
  reading: { present: ({ updatedAt }) => ({ properties: { lastModifiedTime: updatedAt } }) },
};

function prepare({ body }: Write): void {
  const { rules } = body.properties["policy"] as { rules: Rule[] };
  if (rules.length === 0) throw refused("A management policy has at least one rule.");
  if (new Set(rules.map(({ name }) => name)).size < rules.length) {
    throw refused("The names of the rules of a management policy have to be unique.");
  }
  for (const { name, definition } of rules) {
    const { blobTypes = ["blockBlob"], prefixMatch = [] } = definition.filters ?? {};
    const asked = Object.values(definition.actions).flatMap((target) => Object.keys(target ?? {}));
    if (asked.length === 0) throw refused(`The rule '${name}' has no action.`);
    if (prefixMatch.length > maxPrefixes) {
      throw refused(`The rule '${name}' has more than ${maxPrefixes} prefixes.`);
    }
    if (blobTypes.includes("appendBlob") && asked.some((action) => action !== "delete")) {
      throw refused(`The rule '${name}' is for append blobs, which support the action delete only.`);
    }
  }
}

function refused(message: string): ArmError {
  return new ArmError(400, "InvalidRequestPropertyValue", message);
}
