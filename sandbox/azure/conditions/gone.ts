import type { Resource, World } from "../state.ts";
import type { Condition } from "./condition.ts";
import { lasting, lasts } from "./lasting.ts";

/** What stays for a while of deleted resources, by their type. */
const staying: Readonly<Record<string, Condition>> = {
  "Microsoft.Authorization/locks": "locksLinger",
  "Microsoft.EventHub/namespaces": "namespaceNamesStay",
  "Microsoft.EventHub/namespaces/eventhubs": "hubNamesStay",
};

/** Notes that a resource is gone, if something of it stays. */
export function noteGone(world: World, resource: Resource): void {
  const condition = staying[resource.type];
  if (!condition || lasting(world, condition) === 0) return;
  const { id, type, name, body } = resource;
  world.state.gone = [
    ...(world.state.gone ?? []).filter(stays(world)),
    { id, type, name, body, at: world.now() },
  ];
}

/** Deleted resources of a type of which something stays. */
export const staysOf = (world: World, type: string) =>
  (world.state.gone ?? []).filter((one) => one.type === type).filter(stays(world));

const stays =
  (world: World) =>
  ({ type, at }: { type: string; at: number }) => {
    const condition = staying[type];
    return condition !== undefined && lasts(world, condition, at);
  };
