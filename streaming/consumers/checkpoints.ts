import { v5 } from "uuid";
import { shortHubName } from "../defender/tables.ts";
import type { Provision } from "./provision.ts";

/** Containers in resource-name-rules.md (MicrosoftDocs/azure-docs): 3 to 63 lower-case letters, digits and single hyphens. */
const longestName = 63;

/**
 * The container for the checkpoints of a consumer of a hub: one for its consumer group, or one for each hub if the client's paths
 * are the same for all hubs. Examples: `checkpoints-siem`, `checkpoints-siem-deviceinfo`.
 *
 * @returns undefined without a checkpoint store
 */
export function checkpointContainerOf(
  { checkpoint, consumerGroup }: Provision,
  hub: string,
): string | undefined {
  if (!checkpoint) return undefined;
  return wellFormed(checkpoint.containerPerHub ? [consumerGroup, shortHubName(hub)] : [consumerGroup]);
}

/** A name that had to be changed gets a hash, so that different names remain different. */
function wellFormed(parts: readonly string[]): string {
  const wanted = ["checkpoints", ...parts].join("-");
  const name = wanted
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join("-");
  if (name === wanted && name.length <= longestName) return name;
  const hash = v5(wanted, v5.URL).slice(0, 8);
  return `${name.slice(0, longestName - hash.length - 1).replace(/-$/, "")}-${hash}`;
}
