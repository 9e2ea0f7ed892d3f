import * as pulumi from "@pulumi/pulumi";
import { directoryProvider } from "./azure/directoryProvider.ts";
import { azureProvider } from "./azure/provider.ts";
import { createStreaming } from "./defenderStreaming.ts";
import { component } from "./settings/keys.ts";
import { parseSettings, withFullKeys } from "./settings/parse.ts";

const now = new Date();
const { settings, warnings: aboutSettings } = parseSettings(pulumi.runtime.allConfig(), process.env, now);

const { cloud, location } = settings;
const exportSettingPrefix = `${pulumi.getProject()}-${pulumi.getStack()}`;
const providers = [azureProvider(cloud), directoryProvider(cloud)].filter((one) => one !== undefined);
const { outputs } = await createStreaming(
  component,
  { settings, warnings: aboutSettings, inputs: { location, exportSettingPrefix }, now },
  { providers },
).catch((error: unknown) => {
  throw withFullKeys(error);
});

// What to enter in the Defender portal, and what consumers need.
export const { exportSettings, portal, namespaces, accounts, requiredRoleAssignments, placement } = outputs;
export const { consumers, consumerConfiguration, consumerKeys, applications, clientSecrets, warnings } =
  outputs;
