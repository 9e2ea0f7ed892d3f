/**
 * The sandbox's stand-in for the azure-native provider, as the engine starts it: prints its port and serves until it is
 * ended. It does what azure-native does, against the sandbox's Azure only.
 */
import { createRequire } from "node:module";
import { accountOf, settingsFrom } from "../account.ts";
import { AzureNativeProvider } from "./azureNativeProvider.ts";
import { endWithEngine } from "../endWithEngine.ts";
import { serve } from "../plugin.ts";

const { version } = createRequire(import.meta.url)("@pulumi/azure-native/package.json") as {
  version: string;
};
const provider = new AzureNativeProvider(version, (config) => accountOf(settingsFrom(config, process.env)));
const { port } = await serve(provider);
endWithEngine();
process.stdout.write(`${port}\n`);
