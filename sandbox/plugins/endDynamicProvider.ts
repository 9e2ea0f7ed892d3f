/** Loaded into every Node of the sandbox (`NODE_OPTIONS`): Pulumi's own provider of dynamic resources ends with its engine. */
import { endWithEngine } from "./endWithEngine.ts";

if (/[\\/]cmd[\\/]dynamic-provider([\\/]index\.js)?$/.test(process.argv[1] ?? "")) endWithEngine();
