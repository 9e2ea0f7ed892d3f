import { put } from "../arm/arm.ts";
import { settle } from "../arm/lifecycle.ts";
import { subscriptionId } from "../tenant.ts";
import type { World } from "../state.ts";

/** A resource that somebody created before the first stack, as the PUT that created it. */
export interface Seed {
  readonly id: string;
  readonly apiVersion: string;
  readonly body: unknown;
}

/** A resource group for seeds: they are in separate groups, which no stack creates. */
export const seededGroup = (name: string, location: string): Seed => ({
  id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
  apiVersion: "2024-03-01",
  body: { location },
});

/**
 * Creates the seeds, each finished before the next.
 *
 * @throws Error with Azure's answer to a seed that it refuses
 */
export function plant(world: World, seeds: readonly Seed[]): void {
  for (const { id, apiVersion, body } of seeds) {
    const answer = put(world, id, apiVersion, body);
    if (answer.status >= 400) throw new Error(`The seed ${id} is refused: ${JSON.stringify(answer.body)}`);
    settle(world);
  }
}
