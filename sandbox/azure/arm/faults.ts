import type { World } from "../state.ts";
import { ArmError } from "./error.ts";

/** Gives the answer a test has put in the place of the real one, by throwing it. */
export function strike(world: World, method: string, path: string): void {
  const fault = world.state.faults.find(
    (f) => f.method.toUpperCase() === method && new RegExp(f.pathPattern, "i").test(path) && f.left !== 0,
  );
  if (!fault) return;
  if (fault.left !== "forever") fault.left -= 1;
  world.state.faults = world.state.faults.filter((f) => f.left !== 0);
  throw new ArmError(fault.status, fault.code, fault.message);
}
