import { directoryProvider } from "./azure/directoryProvider.ts";
import { azureProvider } from "./azure/provider.ts";
import { deploy, stackPrefix } from "./defenderStreaming.ts";
import { component } from "./settings/keys.ts";
import { loadSettings, sayMistakes } from "./settings/load.ts";

const settings = loadSettings();
const { cloud, location, tags, tagOverrides, registration } = settings;
const providers = [azureProvider(cloud), directoryProvider(cloud)].filter((one) => one !== undefined);

// A mistake ends the program here: nothing has been touched yet.
const { outputs } = await deploy(
  component,
  settings,
  { location, exportSettingPrefix: stackPrefix(), tags, tagOverrides, registration },
  { providers },
).catch(sayMistakes);

// What to enter in the Defender portal, and what consumers need.
export const { exportSettings, portal, namespaces, accounts, requiredRoleAssignments, placement } = outputs;
export const { consumers, consumerConfiguration, consumerKeys } = outputs;
export const { applications, clientSecrets, warnings } = outputs;
