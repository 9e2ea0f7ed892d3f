import { typeNamed } from "./arm/catalog.ts";
import type { Body, Resource, State, World } from "./state.ts";

/**
 * What a subscription holds, as one file that another sandbox begins from. It has no times and no access keys: times become those of
 * the day before, and keys are generated again.
 */
export interface Snapshot {
  /** Namespaces of the registered resource providers. */
  readonly registered: readonly string[];
  readonly resources: readonly {
    readonly id: string;
    /** Name of the declared type, for example `Microsoft.EventHub/namespaces`. */
    readonly type: string;
    /** Part of a fresh subscription. */
    readonly seeded?: true;
    readonly body: Body;
  }[];
  /** People, groups and applications; absent: those of the example tenant. */
  readonly directory?: NonNullable<State["directory"]>;
}

export function snapshotOf({ state }: World): Snapshot {
  return {
    registered: Object.entries(state.registrations)
      .filter(([, registration]) => registration.state === "Registered")
      .map(([namespace]) => namespace)
      .sort(),
    resources: Object.values(state.resources)
      .map(({ id, type, seeded, body }) => ({ id, type, ...(seeded && { seeded }), body }))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    ...(state.directory && { directory: state.directory }),
  };
}

/** Replaces everything in the subscription with a snapshot. */
export function restore(world: World, { registered, resources, directory }: Snapshot): void {
  const { state } = world;
  const yesterday = new Date(world.now() - 24 * 60 * 60 * 1000).toISOString();
  const restored = resources.map((resource): Resource => {
    const keys = typeNamed(resource.type)?.writing?.secrets?.();
    const name = resource.id.slice(resource.id.lastIndexOf("/") + 1);
    return {
      ...resource,
      name,
      createdAt: yesterday,
      updatedAt: yesterday,
      ...(keys && { secrets: keys }),
    };
  });
  state.resources = Object.fromEntries(restored.map((resource) => [resource.id.toLowerCase(), resource]));
  state.registrations = Object.fromEntries(
    registered.map((namespace) => [namespace, { state: "Registered" }]),
  );
  if (directory) state.directory = directory;
  else delete state.directory;
}
