import { randomBytes } from "node:crypto";

import type { Action } from "../../arm/resourceType.ts";

export function newAccountKeys(): Record<string, string> {
  const newKey = () => randomBytes(64).toString("base64");
  return { key1: newKey(), key2: newKey() };
}

/** POST …/storageAccounts/<name>/listKeys */
export const listAccountKeys: Action = ({ secrets = {} }) => ({
  status: 200,
  body: {
    keys: Object.entries(secrets).map(([keyName, value]) => ({ keyName, value, permissions: "FULL" })),
  },
});
