/**
 * The sandbox's stand-in for the azuread provider, as the engine starts it: prints its port and serves until it is
 * ended. It does what azuread does, against the sandbox's Microsoft Graph only.
 */
import { createRequire } from "node:module";
import { accountOf, azureadSettingsFrom } from "../account.ts";
import { azureadCredential } from "../credential.ts";
import { AzureadProvider } from "./azureadProvider.ts";
import { endWithEngine } from "../endWithEngine.ts";
import { serve } from "../plugin.ts";

const { version } = createRequire(import.meta.url)("@pulumi/azuread/package.json") as { version: string };
const provider = new AzureadProvider(version, (config) =>
  accountOf(azureadSettingsFrom(config, process.env), azureadCredential),
);
const { port } = await serve(provider);
endWithEngine();
process.stdout.write(`${port}\n`);
