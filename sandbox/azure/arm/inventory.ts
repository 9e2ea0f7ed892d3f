import { noteGone } from "../conditions/gone.ts";
import type { Resource, World } from "../state.ts";

/** The resource with this id, in any letter case. */
export function find(world: World, id: string): Resource | undefined {
  return world.state.resources[id.toLowerCase()];
}

export function keep(world: World, resource: Resource): void {
  world.state.resources[resource.id.toLowerCase()] = resource;
}

/** Removes a resource and everything that belongs to it: children, and role assignments at its scope. */
export function remove(world: World, id: string): void {
  const own = find(world, id);
  for (const one of [...under(world, id), ...(own ? [own] : [])]) {
    Reflect.deleteProperty(world.state.resources, one.id.toLowerCase());
    noteGone(world, one);
  }
}

/** All resources below an id, at any depth. */
export function under(world: World, id: string, type?: string): Resource[] {
  const prefix = `${id.toLowerCase()}/`;
  return Object.entries(world.state.resources)
    .filter(([key, resource]) => key.startsWith(prefix) && (type === undefined || resource.type === type))
    .map(([, resource]) => resource);
}

/** All resources of a type, wherever they are. */
export function ofType(world: World, type: string): Resource[] {
  return Object.values(world.state.resources).filter((resource) => resource.type === type);
}

/** What the resource belongs to, nearest first: parents, then the resource group. */
export function ancestors(world: World, id: string): Resource[] {
  const key = id.toLowerCase();
  return Object.entries(world.state.resources)
    .filter(([other]) => key.startsWith(`${other}/`))
    .sort(([a], [b]) => b.length - a.length)
    .map(([, resource]) => resource);
}
