import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { passphrase } from "./passphrase.ts";
import { sdkVariable } from "./engine/sdkVariable.ts";
import { subscriptionId } from "./azure/tenant.ts";

type Environment = Record<string, string | undefined>;

/** What a command in the sandbox keeps of the user's environment; everything else could lead it to a real cloud. */
const kept =
  /^(PATH|LANG|LC_\w+|TZ|TERM|COLORTERM|COLUMNS|LINES|NO_COLOR|FORCE_COLOR|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT)$/i;

/** Variables of a real cloud. What runs before the sandbox is closed (npm, go, downloads) does not need them. */
export function forgetClouds(environment: Environment): void {
  for (const name of Object.keys(environment)) {
    if (/^(ARM|AZURE|PULUMI)_/i.test(name)) Reflect.deleteProperty(environment, name);
  }
}

/** The environment of everything that runs in the sandbox: the engine, its plugins, the program, the tools. */
export function closedEnvironment(
  user: Environment,
  sandbox: { directory: string; bin: string[]; azure: { port: number; caFile: string } },
  signIn: Readonly<Record<string, string>>,
): Record<string, string> {
  const { directory, bin, azure } = sandbox;
  const entries = Object.entries(user).filter(
    (entry): entry is [string, string] => kept.test(entry[0]) && entry[1] !== undefined,
  );
  const passed = Object.fromEntries(entries);
  return {
    ...passed,
    PATH: [...bin, passed["PATH"] ?? ""].join(delimiter),
    HOME: join(directory, "home"),
    USERPROFILE: join(directory, "home"),
    [sdkVariable]: dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json")),
    PULUMI_HOME: join(directory, "pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(stateFolder(directory)).href,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Each command starts half a dozen Node processes that load the same SDKs.
    NODE_COMPILE_CACHE: join(dirname(import.meta.dirname), "node_modules", ".cache", "node"),
    NODE_EXTRA_CA_CERTS: azure.caFile,
    SSL_CERT_FILE: azure.caFile,
    ...metadataAt(azure.port),
    // Node's plugins end with their engine; the file does nothing in other programs.
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "plugins", "endDynamicProvider.ts")).href}`,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    ARM_SUBSCRIPTION_ID: subscriptionId,
    ...signIn,
  };
}

/** Where a program finds the embedded Azure. */
export const metadataAt = (port: number) => ({ ARM_METADATA_HOSTNAME: `127.0.0.1:${String(port)}` });

/** Where the engine keeps the stacks' state. */
export const stateFolder = (directory: string) => join(directory, "state");
