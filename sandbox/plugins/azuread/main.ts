/**
 * The sandbox's stand-in for the azuread provider, as the engine starts it: prints its port and serves until it is
 * ended. It does what azuread does, against the sandbox's Microsoft Graph only.
 */
import { createRequire } from "node:module";
import { accountOf, settingsFrom } from "../account.ts";
import { AzureadProvider } from "./azureadProvider.ts";
import { endWithEngine } from "../endWithEngine.ts";
import { serve } from "../plugin.ts";

const { version } = createRequire(import.meta.url)("@pulumi/azuread/package.json") as { version: string };
const provider = new AzureadProvider(version, (config) => accountOf(settingsFrom(config, process.env)));
const { port } = await serve(provider);
endWithEngine();
process.stdout.write(`${port}\n`);
