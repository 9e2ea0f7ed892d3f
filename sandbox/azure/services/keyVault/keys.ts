import { randomBytes } from "node:crypto";

import { ArmError, methodNotAllowed } from "../../arm/error.ts";
import { find } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import {
  anything,
  dictionary,
  flag,
  list,
  oneOf,
  readOnly,
  required,
  structure,
  text,
  whole,
} from "../../arm/shape.ts";
import type { Resource } from "../../state.ts";
import { uriOf, vaultType } from "./vaults.ts";
import { versions } from "./versions.ts";

export const keyType = `${vaultType}/keys`;

export const keyBody = structure({
  tags: dictionary(text({ max: 256 })),
  location: readOnly,
  properties: required(
    structure({
      kty: oneOf("EC", "EC-HSM", "RSA", "RSA-HSM"),
      keyOps: list(
        oneOf("decrypt", "encrypt", "import", "release", "sign", "unwrapKey", "verify", "wrapKey"),
      ),
      keySize: whole(),
      curveName: oneOf("P-256", "P-256K", "P-384", "P-521"),
      attributes: structure({
        enabled: flag,
        exp: whole(),
        nbf: whole(),
        exportable: flag,
        created: readOnly,
        updated: readOnly,
        recoveryLevel: readOnly,
      }),
      rotationPolicy: anything,
      release_policy: anything,
      keyUri: readOnly,
      keyUriWithVersion: readOnly,
    }),
  ),
});

/** A PUT creates the first version, and changes nothing of an existing key (rest/api/keyvault/keyvault/keys/create-if-not-exist). */
export const keys: ResourceType = {
  name: keyType,
  apiVersions: versions,
  naming: {
    check(name) {
      if (/^[A-Za-z0-9-]{1,127}$/.test(name)) return;
      throw new ArmError(
        400,
        "BadRequest",
        `The key name '${name}' has other characters than letters, digits and -.`,
      );
    },
  },
  body: keyBody,
  writing: { prepare },
  deletion: {
    // Only the vault's data plane deletes a key.
    before() {
      throw methodNotAllowed("DELETE");
    },
  },
  reading: {
    present: (key, { world }) => {
      const vault = find(world, key.id.slice(0, key.id.lastIndexOf("/keys/")));
      return { location: vault?.body.location };
    },
  },
};

function prepare({ body, existing, parent, name, world }: Write): void {
  if (existing) {
    body.tags = existing.body.tags ?? {};
    body.properties = { ...existing.body.properties };
    return;
  }
  const { kty = "RSA", attributes = {} } = body.properties;
  const vault = find(world, parent);
  const keyUri = `${vault ? uriOf(vault) : ""}keys/${name}`;
  const now = Math.floor(world.now() / 1000);
  const recoverable = vault?.body.properties?.["enablePurgeProtection"] === true;
  body.tags ??= {};
  body.properties = {
    kty,
    keyOps: ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
    ...(String(kty).startsWith("RSA") ? { keySize: 2048 } : { curveName: "P-256" }),
    ...body.properties,
    attributes: {
      enabled: true,
      exportable: false,
      created: now,
      updated: now,
      recoveryLevel: recoverable ? "Recoverable" : "Recoverable+Purgeable",
      ...(attributes as object),
    },
    keyUri,
    keyUriWithVersion: `${keyUri}/${randomBytes(16).toString("hex")}`,
  };
}

/** The version of a key that has only one. */
export function versionOf(key: Resource): string {
  return String(key.body.properties?.["keyUriWithVersion"]).split("/").at(-1) ?? "";
}
