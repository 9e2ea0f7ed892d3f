import { find } from "../../arm/inventory.ts";
import type { Resource, World } from "../../state.ts";
import { connectionOf, propertiesOf, targetIdOf } from "./endpointBody.ts";

/** What a private endpoint can lead to here: its parts, and the host name that then has a private address. */
interface Target {
  /** In the letter case of the documents (private-endpoint-overview.md, MicrosoftDocs/azure-docs). */
  readonly groupIds: readonly string[];
  readonly hostOf: (target: Resource, groupId: string) => string;
}

const suffix = ({ body }: Resource, isPublic: string, isGovernments: string) =>
  /^us(gov|dod)/.test(body.location ?? "") ? isGovernments : isPublic;

export const targets: Readonly<Record<string, Target>> = {
  "Microsoft.EventHub/namespaces": {
    groupIds: ["namespace"],
    hostOf: (target) =>
      `${target.name}.${suffix(target, "servicebus.windows.net", "servicebus.usgovcloudapi.net")}`,
  },
  "Microsoft.Storage/storageAccounts": {
    groupIds: ["blob", "table", "queue", "file", "web", "dfs"],
    hostOf: (target, groupId) =>
      `${target.name}.${groupId}.${suffix(target, "core.windows.net", "core.usgovcloudapi.net")}`,
  },
};

/** The name that has a private address by this endpoint; undefined when the target is gone. */
export function hostOf(endpoint: Resource, world: World): string | undefined {
  const properties = propertiesOf(endpoint);
  const target = find(world, targetIdOf(properties));
  const [group = ""] = connectionOf(properties)?.properties?.groupIds ?? [];
  return target && targets[target.type]?.hostOf(target, group);
}
