import { ArmError } from "../../arm/error.ts";
import { find } from "../../arm/inventory.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { anything, dictionary, flag, oneOf, readOnly, structure, text } from "../../arm/shape.ts";
import type { Resource, World } from "../../state.ts";
import { etagOf } from "./etag.ts";
import { containerType, daysOf, policyType } from "./immutabilityPolicies.ts";
import { versions } from "./versions.ts";

/** 3 to 63 lower-case letters, digits and single hyphens (resource-name-rules.md, azure-docs), or one of Azure's own. */
const pattern = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$|^\$(root|web|logs)$/;

export const containers: ResourceType = {
  name: containerType,
  apiVersions: versions,
  naming: {
    check(name) {
      if (pattern.test(name)) return;
      throw new ArmError(
        400,
        "ContainerOperationFailure",
        `The specified resource name contains invalid characters, or its length is not from 3 to 63: '${name}'.`,
      );
    },
  },
  body: structure({
    etag: readOnly,
    properties: structure({
      publicAccess: oneOf("None", "Blob", "Container"),
      metadata: dictionary(text()),
      defaultEncryptionScope: text(),
      denyEncryptionScopeOverride: flag,
      enableNfsV3RootSquash: flag,
      enableNfsV3AllSquash: flag,
      immutableStorageWithVersioning: anything,
      ...Object.fromEntries(
        [
          "deleted",
          "hasImmutabilityPolicy",
          "hasLegalHold",
          "immutabilityPolicy",
          "lastModifiedTime",
          "leaseState",
          "leaseStatus",
          "remainingRetentionDays",
        ].map((name) => [name, readOnly]),
      ),
    }),
  }),
  writing: {
    patch: true,
    status: { created: 201, updated: 200 },
    prepare({ body, id, world }) {
      const account = find(world, id.split("/").slice(0, 9).join("/"));
      const access = body.properties["publicAccess"] ?? "None";
      if (access !== "None" && account?.body.properties?.["allowBlobPublicAccess"] !== true) {
        throw new ArmError(
          409,
          "PublicAccessNotPermitted",
          "Public access is not permitted on this storage account.",
        );
      }
      body.properties = {
        defaultEncryptionScope: "$account-encryption-key",
        denyEncryptionScopeOverride: false,
        ...body.properties,
        publicAccess: access,
      };
    },
    accompany: [
      {
        type: policyType,
        name: "default",
        properties: { immutabilityPeriodSinceCreationInDays: 0, state: "Unlocked" },
      },
    ],
  },
  deletion: {
    before(container, world) {
      if (policyOf(container, world)?.body.properties?.["state"] !== "Locked") return;
      throw new ArmError(
        409,
        "ContainerProtectedFromDeletion",
        `The container ${container.name} is protected from deletion due to an immutability policy.`,
      );
    },
  },
  reading: {
    present: (container, { world }) => ({
      envelope: { etag: etagOf(container) },
      properties: {
        deleted: false,
        remainingRetentionDays: 0,
        hasImmutabilityPolicy: daysOf(policyOf(container, world)) > 0,
        hasLegalHold: false,
        lastModifiedTime: container.updatedAt,
        leaseStatus: "Unlocked",
        leaseState: "Available",
      },
    }),
  },
};

function policyOf(container: Resource, world: World): Resource | undefined {
  return find(world, `${container.id}/immutabilityPolicies/default`);
}
