import { randomBytes } from "node:crypto";

import { allProviders } from "./arm/catalog.ts";
import { ownersAssignment } from "./services/authorization/roleAssignments.ts";
import { plant } from "./seeds/seed.ts";
import { seeds } from "./seeds/seeds.ts";
import type { State } from "./state.ts";

/**
 * A subscription as it is on its first day here: its owner, the seeds, and no provider registered except those that always
 * are. (Azure would have those of the seeds registered; here each deployment shows the registration.)
 */
export function freshState(now: number): State {
  const registered = allProviders.map(({ namespace }) => [namespace, { state: "Registered" as const }]);
  const state: State = {
    resources: ownersAssignment(new Date(now).toISOString()),
    registrations: Object.fromEntries(registered) as State["registrations"],
    faults: [],
    signingKey: randomBytes(32).toString("base64url"),
  };
  plant(
    {
      state,
      now: () => now,
      timings: { provisioning: 0, deletion: 0, registration: 0, roleEffect: 0, scannerRule: 0 },
    },
    seeds,
  );
  const seeded = Object.entries(state.resources).map(([key, one]) => [
    key,
    { ...one, seeded: true as const },
  ]);
  return { ...state, resources: Object.fromEntries(seeded) as State["resources"], registrations: {} };
}
