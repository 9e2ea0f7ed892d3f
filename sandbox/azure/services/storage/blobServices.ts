import { ArmError } from "../../arm/error.ts";
import { find } from "../../arm/inventory.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { anything, flag, oneOf, readOnly, required, structure, text, whole } from "../../arm/shape.ts";
import { accountType } from "./accountNames.ts";
import { versions } from "./versions.ts";

const softDelete = structure({
  enabled: flag,
  days: whole({ min: 1, max: 365 }),
  allowPermanentDelete: flag,
});

/** `default` exists from the start; there is no DELETE, and a PUT replaces all of it. */
export const blobServices: ResourceType = {
  name: `${accountType}/blobServices`,
  apiVersions: versions,
  singleton: true,
  body: structure({
    sku: readOnly,
    systemData: readOnly,
    properties: structure({
      cors: anything,
      defaultServiceVersion: text(),
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
      isVersioningEnabled: flag,
      automaticSnapshotPolicyEnabled: flag,
      changeFeed: structure({ enabled: flag, retentionInDays: whole({ min: 1, max: 146_000 }) }),
      restorePolicy: anything,
      lastAccessTimeTrackingPolicy: structure({
        enable: required(flag),
        name: oneOf("AccessTimeTracking"),
        trackingGranularityInDays: whole(),
        blobType: anything,
      }),
    }),
  }),
  writing: {
    prepare({ body, parent, world }) {
      for (const name of ["deleteRetentionPolicy", "containerDeleteRetentionPolicy"]) {
        const policy = body.properties[name] as { enabled?: boolean; days?: number } | undefined;
        if (policy?.enabled && policy.days === undefined) throw invalid(`properties.${name}.days`);
      }
      const hierarchical = find(world, parent)?.body.properties?.["isHnsEnabled"] === true;
      if (hierarchical && body.properties["isVersioningEnabled"] === true) {
        throw new ArmError(
          409,
          "FeatureNotSupportedForAccount",
          "Blob versioning is not supported for the account: it has a hierarchical namespace.",
        );
      }
      body.properties = {
        cors: { corsRules: [] },
        deleteRetentionPolicy: { enabled: false, allowPermanentDelete: false },
        ...body.properties,
      };
    },
  },
  reading: {
    present: (service, { world }) => {
      const account = find(world, service.id.split("/").slice(0, -2).join("/"));
      return { envelope: { sku: account?.body["sku"] } };
    },
  },
};

function invalid(member: string): ArmError {
  return new ArmError(
    400,
    "InvalidValuesForRequestParameters",
    `Values for request parameters are invalid: ${member}.`,
  );
}
