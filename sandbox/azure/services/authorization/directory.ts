import { isReplicated, objectWithId, principalTypes } from "../../graph/directory.ts";
import type { World } from "../../state.ts";
import type { PrincipalType } from "../../tenant.ts";

/** The kind of the principal with this object id; an app registration is none. */
export function principalTypeOf(world: World, objectId: string): PrincipalType | undefined {
  const object = objectWithId(world, objectId);
  return object && principalTypes[object.kind];
}

/** Whether the directory shows the object already wherever it is asked. */
export function isEverywhere(world: World, objectId: string): boolean {
  const object = objectWithId(world, objectId);
  return object !== undefined && isReplicated(world, object);
}
