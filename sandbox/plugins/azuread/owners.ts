import type { Properties } from "../properties.ts";
import { type Directory, texts } from "./bridgedType.ts";
import type { GraphClient } from "./graphClient.ts";

/**
 * The owners a new object is created with: the signed-in principal comes first, and is removed again when the program does not name it
 * (application_resource.go and service_principal_resource.go).
 */
export function firstOwners({ graph, callerId }: Directory, wanted: readonly string[]): Properties {
  const owners = new Set([callerId, ...wanted].map((owner) => owner.toLowerCase()));
  return { "owners@odata.bind": [...owners].map((owner) => graph.reference(owner)) };
}

export async function leaveUnlessWanted(
  { graph, callerId }: Directory,
  path: string,
  wanted: readonly string[],
): Promise<void> {
  if (wanted.some((owner) => owner.toLowerCase() === callerId.toLowerCase())) return;
  await graph.send("DELETE", `${path}/owners/${callerId}/$ref`);
}

export async function ownersOf(graph: GraphClient, path: string): Promise<string[]> {
  const { value } = await graph.get(`${path}/owners`);
  return Array.isArray(value) ? value.flatMap((owner) => texts([(owner as Properties)["id"] ?? null])) : [];
}

/** New owners come before others go. */
export async function changeOwners(
  graph: GraphClient,
  path: string,
  wanted: readonly string[],
): Promise<void> {
  const existing = await ownersOf(graph, path);
  for (const owner of wanted.filter((one) => !existing.includes(one))) {
    await graph.send("POST", `${path}/owners/$ref`, { "@odata.id": graph.reference(owner) });
  }
  for (const owner of existing.filter((one) => !wanted.includes(one))) {
    await graph.send("DELETE", `${path}/owners/${owner}/$ref`);
  }
}
