import { randomBytes } from "node:crypto";

import { ArmError, methodNotAllowed } from "../../arm/error.ts";
import { find } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { dictionary, flag, readOnly, required, structure, text, whole } from "../../arm/shape.ts";
import { uriOf, vaultType } from "./vaults.ts";
import { versions } from "./versions.ts";

/**
 * A secret of a vault. Resource Manager accepts its value and never returns it, so it is not kept: only the data plane would
 * show it, which does not exist here (rest/api/keyvault/keyvault/secrets).
 */
export const secrets: ResourceType = {
  name: `${vaultType}/secrets`,
  apiVersions: versions,
  naming: {
    check(name) {
      if (/^[A-Za-z0-9-]{1,127}$/.test(name)) return;
      throw new ArmError(
        400,
        "BadRequest",
        `The secret name '${name}' has other characters than letters, digits and -.`,
      );
    },
  },
  body: structure({
    tags: dictionary(text({ max: 256 })),
    location: readOnly,
    properties: required(
      structure({
        value: text(),
        contentType: text(),
        attributes: structure({
          enabled: flag,
          exp: whole(),
          nbf: whole(),
          created: readOnly,
          updated: readOnly,
        }),
        secretUri: readOnly,
        secretUriWithVersion: readOnly,
      }),
    ),
  }),
  writing: { patch: true, prepare },
  deletion: {
    // Only the vault's data plane deletes a secret.
    before() {
      throw methodNotAllowed("DELETE");
    },
  },
  reading: {
    present: (secret, { world }) => ({
      location: find(world, secret.id.slice(0, secret.id.lastIndexOf("/secrets/")))?.body.location,
    }),
  },
};

/** A value creates a new version. */
function prepare({ body, existing, parent, name, world }: Write): void {
  const { value, attributes = {}, ...others } = body.properties;
  const before = existing?.body.properties;
  const vault = find(world, parent);
  const secretUri = `${vault ? uriOf(vault) : ""}secrets/${name}`;
  const now = Math.floor(world.now() / 1000);
  body.tags ??= {};
  body.properties = {
    ...others,
    attributes: { enabled: true, created: now, ...(attributes as object), updated: now },
    secretUri,
    secretUriWithVersion:
      value === undefined && before
        ? before["secretUriWithVersion"]
        : `${secretUri}/${randomBytes(16).toString("hex")}`,
  };
}
