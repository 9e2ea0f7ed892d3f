import * as pulumi from "@pulumi/pulumi";
import { directoryProvider } from "./azure/directoryProvider.ts";
import { azureProvider } from "./azure/provider.ts";
import { deploy, stackPrefix } from "./deploy.ts";
import { component } from "./settings/keys.ts";
import { parseSettings, withFullKeys } from "./settings/parse.ts";

const now = new Date();
const asked = parseSettings(pulumi.runtime.allConfig(), process.env, now);
const { cloud, location, consumers: readers } = asked.settings;
const azure = azureProvider(cloud);
const needsDirectory = cloud !== "public" || readers.some(({ application }) => application !== undefined);
const providers = [azure, needsDirectory ? directoryProvider(cloud, azure) : undefined].filter(
  (one) => one !== undefined,
);

// A mistake ends the program here: nothing has been touched yet.
const { outputs } = await deploy(
  component,
  { ...asked, inputs: { location, exportSettingPrefix: stackPrefix() }, now },
  { providers },
).catch((error: unknown) => {
  throw withFullKeys(error);
});

// What to enter in the Defender portal, and what consumers need.
export const { exportSettings, portal, namespaces, accounts, requiredRoleAssignments, placement } = outputs;
export const { consumers, consumerConfiguration, consumerKeys, applications, clientSecrets, warnings } =
  outputs;
