import { v5 } from "uuid";
import { shortHubName } from "../defender/tables.ts";
import type { Provision } from "./provision.ts";

/** Containers in resource-name-rules.md (MicrosoftDocs/azure-docs): 3 to 63 small letters, digits and single hyphens. */
const longestName = 63;

/**
 * The container in which a consumer of a hub keeps its positions: one for its consumer group, or one for the group of each hub where
 * the client's paths do not tell hubs apart. E.g. `checkpoints-siem`, `checkpoints-siem-deviceinfo`.
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

/** Names that lose something on the way get a hash, so that two of them stay two. */
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
