// What every deployed stack's state imports: the code of its dynamic resources. From the sources; in the packed library, which has
// none, from the build.
import { existsSync } from "node:fs";

const sources = new URL("components/dynamic/code.ts", import.meta.url);
const built = new URL("dist/components/dynamic/code.js", import.meta.url);

export const { providerOf } = await import((existsSync(sources) ? sources : built).href);
