import type { Answer } from "../http.ts";
import type { Resource, World } from "../state.ts";
import { find } from "./inventory.ts";
import type { ResourceType } from "./resourceType.ts";

interface Asked {
  readonly world: World;
  readonly type: ResourceType;
  /** Address of the server. */
  readonly origin: string;
  readonly version: string;
}

/** Says where to read the state of a change, for types that report it apart from themselves (async-operations.md, MicrosoftDocs/azure-docs). */
export function operationHeaders(
  { world, type, origin, version }: Asked,
  resource: Resource,
): Record<string, string> {
  const path = type.lifecycle?.operations?.(resource, world);
  if (path === undefined) return {};
  const token = Buffer.from(resource.id).toString("base64url");
  return { "Azure-AsyncOperation": `${origin}${path}/${token}?api-version=${version}` };
}

/** The state of a resource's last change; one that does not exist has been deleted. */
export function operationState(world: World, token: string): Answer {
  const resource = find(world, Buffer.from(token, "base64url").toString());
  const failed = resource?.failed;
  if (failed) return { status: 200, body: { status: "Failed", error: failed } };
  return { status: 200, body: { status: resource?.pending ? "InProgress" : "Succeeded" } };
}
