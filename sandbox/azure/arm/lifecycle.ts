import type { Answer } from "../http.ts";
import type { Failure } from "../faults/fault.ts";
import type { World } from "../state.ts";
import { addScannerRules } from "../services/storage/malwareScanning.ts";
import { ArmError } from "./error.ts";
import { find, remove } from "./inventory.ts";
import { segmentsOf } from "./resourceId.ts";

export const deleting = "Deleting";

/**
 * Brings the state up to the present: operations that had time to end have ended. Nothing runs in the background, so a
 * server that was away finds everything where Azure would have it.
 */
export function settle(world: World): void {
  const now = world.now();
  for (const resource of Object.values(world.state.resources)) {
    if (resource.endsAt !== undefined && resource.endsAt <= now) remove(world, resource.id);
    if (!resource.pending || resource.pending.until > now) continue;
    const { failure, state, until } = resource.pending;
    if (state === deleting && !failure) {
      remove(world, resource.id);
    } else {
      resource.updatedAt = new Date(until).toISOString();
      if (failure) resource.failed = failure;
      delete resource.pending;
    }
  }
  addScannerRules(world);
  for (const registration of Object.values(world.state.registrations)) {
    if (registration.until === undefined || registration.until > now) continue;
    registration.state = registration.state === "Registering" ? "Registered" : "NotRegistered";
    delete registration.until;
  }
}

/** Lets the change of a resource that Azure has just accepted end as failed. False: the change is done already. */
export function failLater(world: World, path: string, failure: Failure): boolean {
  const id = `/${segmentsOf(path).join("/")}`;
  const pending = find(world, id)?.pending;
  if (pending) pending.failure = failure;
  return pending !== undefined;
}

/** What the Location of a deletion answers: 202 until the resource is gone, then 200. */
export function deletionResult(world: World, id: string, location: string): Answer {
  const resource = find(world, id);
  if (resource?.failed) throw operationFailed(resource.failed);
  return resource?.pending?.state === deleting ? accepted(location) : { status: 200 };
}

/** The answer of a Location whose operation has failed (async-operations.md, MicrosoftDocs/azure-docs: an error status). */
export function operationFailed({ code, message }: Failure): ArmError {
  return new ArmError(409, code, message);
}

/** The answer while an operation runs: read the Location again. */
export function accepted(location: string): Answer {
  return { status: 202, headers: { Location: location, "Retry-After": "1" } };
}
