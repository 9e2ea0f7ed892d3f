import { existing } from "./existing.ts";
import { keyVault } from "./keyVault.ts";
import { networks } from "./network.ts";
import type { Seed } from "./seed.ts";

/** Everything the subscription holds from the start, in the order of creation. More is a file and its line here. */
export const seeds: readonly Seed[] = [...existing, ...keyVault, ...networks];
