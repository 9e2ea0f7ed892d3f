import { ArmError } from "../../arm/error.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { flag, readOnly, required, structure, whole } from "../../arm/shape.ts";
import type { Resource } from "../../state.ts";
import { accountType } from "./accountNames.ts";
import { etagOf } from "./etag.ts";
import { versions } from "./versions.ts";

export const containerType = `${accountType}/blobServices/containers`;
export const policyType = `${containerType}/immutabilityPolicies`;

/**
 * `default` exists from the start, with no days, and a DELETE resets it (pulumi/pulumi-azure-native #2154). To change
 * or delete a policy, a caller must send its ETag (Azure/azure-rest-api-specs #29632, pulumi/pulumi-azure-native #2156).
 */
export const immutabilityPolicies: ResourceType = {
  name: policyType,
  apiVersions: versions,
  body: structure({
    etag: readOnly,
    properties: required(
      structure({
        immutabilityPeriodSinceCreationInDays: whole({ min: 0, max: 146_000 }),
        allowProtectedAppendWrites: flag,
        allowProtectedAppendWritesAll: flag,
        state: readOnly,
      }),
    ),
  }),
  writing: { prepare },
  deletion: {
    revertsTo: { immutabilityPeriodSinceCreationInDays: 0, state: "Unlocked" },
    before(policy, _world, ifMatch) {
      requireTag(policy, ifMatch);
      if (isLocked(policy)) throw locked();
    },
  },
  reading: { present: (policy) => ({ envelope: { etag: etagOf(policy) } }) },
  actions: {
    lock: (policy, { ifMatch }) => {
      requireTag(policy, ifMatch);
      policy.body.properties = { ...policy.body.properties, state: "Locked" };
      const { id, name, body } = policy;
      return { status: 200, body: { id, name, type: policyType, etag: etagOf(policy), ...body } };
    },
  },
};

export function daysOf(policy: Resource | undefined): number {
  return Number(policy?.body.properties?.["immutabilityPeriodSinceCreationInDays"] ?? 0);
}

function prepare({ body, existing, ifMatch }: Write): void {
  const days = Number(body.properties["immutabilityPeriodSinceCreationInDays"] ?? 0);
  if (days < 1) {
    throw new ArmError(
      400,
      "InvalidValuesForRequestParameters",
      "Values for request parameters are invalid: properties.immutabilityPeriodSinceCreationInDays.",
    );
  }
  if (existing && daysOf(existing) > 0) {
    requireTag(existing, ifMatch);
    if (isLocked(existing)) throw locked();
  }
  body.properties = { ...body.properties, state: "Unlocked" };
}

function isLocked(policy: Resource): boolean {
  return policy.body.properties?.["state"] === "Locked";
}

function requireTag(policy: Resource, ifMatch: string | undefined): void {
  if (ifMatch === etagOf(policy)) return;
  throw new ArmError(
    412,
    "ContainerImmutabilityPolicyFailure",
    "Operation not allowed on immutability policy with incorrect etag.",
  );
}

function locked(): ArmError {
  return new ArmError(
    409,
    "ContainerImmutabilityPolicyFailure",
    "Operation not allowed on immutability policy with state Locked.",
  );
}
