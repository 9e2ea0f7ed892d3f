import type { World } from "../state.ts";
import type { Condition } from "./condition.ts";

/** How long a condition lasts, in milliseconds; 0: it does not occur. */
export const lasting = ({ state }: World, condition: Condition): number => state.conditions?.[condition] ?? 0;

/** Whether a condition still lasts that began at a time. */
export function lasts(world: World, condition: Condition, since: string | number): boolean {
  const began = typeof since === "string" ? Date.parse(since) : since;
  const duration = lasting(world, condition);
  return duration > 0 && world.now() < began + duration;
}
