import type { Answer } from "../http.ts";
import type { World } from "../state.ts";
import { find, remove } from "./inventory.ts";

export const deleting = "Deleting";

/**
 * Brings the state up to the present: what was to be finished by now is. Nothing runs in the background, so a
 * server that was away finds everything where Azure would have it.
 */
export function settle(world: World): void {
  const now = world.now();
  for (const resource of Object.values(world.state.resources)) {
    if (resource.endsAt !== undefined && resource.endsAt <= now) remove(world, resource.id);
    if (!resource.pending || resource.pending.until > now) continue;
    if (resource.pending.state === deleting) {
      remove(world, resource.id);
    } else {
      resource.updatedAt = new Date(resource.pending.until).toISOString();
      delete resource.pending;
    }
  }
  for (const registration of Object.values(world.state.registrations)) {
    if (registration.until === undefined || registration.until > now) continue;
    registration.state = registration.state === "Registering" ? "Registered" : "NotRegistered";
    delete registration.until;
  }
}

/** What the Location of a deletion answers: 202 until the resource is gone, then 200. */
export function deletionResult(world: World, id: string, location: string): Answer {
  return find(world, id)?.pending?.state === deleting ? accepted(location) : { status: 200 };
}

/** The answer to what goes on: look again at the Location. */
export function accepted(location: string): Answer {
  return { status: 202, headers: { Location: location, "Retry-After": "1" } };
}
