import type { World } from "../state.ts";
import { typeNamed } from "./catalog.ts";
import { under } from "./inventory.ts";
import { present } from "./present.ts";

/** GET …/resources: every tracked resource of any type below a scope, with its envelope and without properties. */
export function listTracked(world: World, version: string, scope: string, filter: string): unknown[] {
  const wanted = /resourceType eq '([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
  const called = /(?:^|\s)name eq '([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
  return under(world, scope).flatMap((resource) => {
    const type = typeNamed(resource.type);
    if (!type?.tracked || (wanted !== undefined && wanted !== type.name.toLowerCase())) return [];
    if (called !== undefined && called !== resource.name.toLowerCase()) return [];
    const newest = type.apiVersions.at(-1) ?? version;
    const { id, name, location, tags, sku, kind, identity } = present(type, resource, {
      world,
      version: newest,
      filter,
    });
    const region = typeof location === "string" ? location.replaceAll(" ", "").toLowerCase() : undefined;
    return [{ id, name, type: type.name, location: region, tags, sku, kind, identity }];
  });
}
