import { randomUUID } from "node:crypto";

import { ArmError } from "../../arm/error.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { dictionary, oneOf, readOnly, since, structure, text } from "../../arm/shape.ts";
import { tenantId } from "../../tenant.ts";

export const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** Microsoft.ManagedIdentity in resource-name-rules.md (MicrosoftDocs/azure-docs). */
const pattern = /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/;

/** An identity that is a resource itself, and with it a service principal in the directory. */
export const userAssignedIdentities: ResourceType = {
  name: identityType,
  apiVersions: [
    "2018-11-30",
    "2021-09-30-preview",
    "2022-01-31-preview",
    "2023-01-31",
    "2023-07-31-preview",
    "2024-11-30",
    "2025-01-31-preview",
    "2025-05-31-preview",
  ],
  tracked: "regional",
  naming: {
    check(name) {
      if (pattern.test(name)) return;
      throw new ArmError(
        400,
        "InvalidResourceName",
        `The resource name '${name}' is not valid: it has 3 to 128 letters, digits, hyphens and underscores, and begins with a letter or digit.`,
      );
    },
  },
  body: structure({
    location: text(),
    tags: dictionary(text({ max: 256 })),
    systemData: readOnly,
    properties: structure({
      tenantId: readOnly,
      principalId: readOnly,
      clientId: readOnly,
      isolationScope: since("2024-11-30", oneOf("None", "Regional")),
    }),
  }),
  writing: {
    patch: true,
    status: { created: 201, updated: 200 },
    prepare({ body, existing }) {
      const { principalId = randomUUID(), clientId = randomUUID() } = existing?.body.properties ?? {};
      body.tags ??= {};
      body.properties = { ...body.properties, tenantId, principalId, clientId };
    },
  },
};
