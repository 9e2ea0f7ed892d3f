import { createHash } from "node:crypto";

import type { Resource } from "../../state.ts";

/** It changes with each change of the resource. */
export function etagOf({ body, updatedAt, id }: Resource): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([id, body, updatedAt]))
    .digest("hex");
  return `"${digest.slice(0, 15)}"`;
}
