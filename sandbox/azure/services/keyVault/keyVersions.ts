import { find } from "../../arm/inventory.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import type { Resource } from "../../state.ts";
import { keyBody, keyType, versionOf } from "./keys.ts";
import { versions } from "./versions.ts";

const versionType = `${keyType}/versions`;

/** The one version that each key has here; the data plane creates new ones. */
export const keyVersions: ResourceType = {
  name: versionType,
  apiVersions: versions,
  body: keyBody,
  reading: {
    find(id, world) {
      const [keyId = "", version = ""] = id.split("/versions/");
      const key = find(world, keyId);
      return key && version.toLowerCase() === versionOf(key) ? asVersion(key) : undefined;
    },
    list(keyId, { world }) {
      const key = find(world, keyId);
      return key ? [asVersion(key)] : [];
    },
  },
};

function asVersion(key: Resource): Resource {
  const name = versionOf(key);
  return { ...key, id: `${key.id}/versions/${name}`, type: versionType, name };
}
