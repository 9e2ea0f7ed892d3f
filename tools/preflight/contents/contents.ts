import { type Asked, type Content, resourceGroupType, tagsOf } from "./content.ts";
import { eventHubContents } from "./eventHubContents.ts";
import { networkContents } from "./networkContents.ts";
import { storageContents } from "./storageContents.ts";

/** Without these Defender cannot write, or nobody can read. */
export const vital: readonly string[] = ["disableLocalAuth", "publicNetworkAccess", "networkAcls.bypass"];

/** What holds events or positions, leads to it, or has tags: all that policies are mostly about. */
export function contentsOf(asked: Asked): Content[] {
  const inside = [
    ...identity(asked),
    ...eventHubContents(asked),
    ...storageContents(asked),
    ...networkContents(asked),
  ];
  return inside.length === 0 ? [] : [...resourceGroup(asked), ...inside];
}

function resourceGroup({ settings }: Asked): Content[] {
  const { location, existing } = settings;
  if (existing?.resourceGroupId !== undefined) return [];
  const tags = tagsOf(settings, "resourceGroup");
  return [{ type: resourceGroupType, apiVersion: "2024-03-01", location, tags, properties: {} }];
}

function identity({ settings }: Asked): Content[] {
  const { location, customerManagedKey: key } = settings;
  if (!key || key.userAssignedIdentityId !== undefined) return [];
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
  return [{ type, apiVersion: "2023-01-31", location, tags: tagsOf(settings, "identity"), properties: {} }];
}
