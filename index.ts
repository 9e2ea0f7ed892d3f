import * as pulumi from "@pulumi/pulumi";
import { directoryProvider } from "./azure/directoryProvider.ts";
import { lookUp } from "./azure/lookUp.ts";
import { azureProvider } from "./azure/provider.ts";
import { DefenderStreaming } from "./components/defenderStreaming.ts";
import { makeApplications } from "./components/consumers/newConsumers.ts";
import { component } from "./settings/keys.ts";
import { loadSettings, orSayMistakes } from "./settings/load.ts";
import { decide } from "./streaming/decide.ts";
import { roleLockNotices } from "./streaming/changes/lockNotices.ts";

// What is asked. A mistake ends here, before anything is touched.
const now = new Date();
const settings = loadSettings(now);

// What exists, and what others created that the settings name.
const provider = azureProvider(settings.cloud);
const known = await lookUp(component, settings, { provider });

// What is to be. A mistake ends here as well: nothing has been touched yet.
const { plan, ...decided } = orSayMistakes(() => decide(settings, known, now));

// What is created.
const prefix = `${pulumi.getProject()}-${pulumi.getStack()}`;
const made = makeApplications(
  component,
  { consumers: decided.consumers, displayNamePrefix: prefix, cloud: plan.cloud },
  { providers: [directoryProvider(plan.cloud)].filter((one) => one !== undefined) },
);
const streaming = new DefenderStreaming(
  component,
  {
    plan,
    location: settings.location,
    portalUsers: decided.portalUsers,
    consumers: made.consumers,
    exportSettingPrefix: prefix,
    tags: settings.tags,
    tagOverrides: settings.tagOverrides,
    registration: settings.registration,
  },
  provider ? { providers: [provider] } : {},
);

// What to enter in the Defender portal, and what consumers need.
export const { exportSettings, portal, namespaces, accounts, requiredRoleAssignments, placement } =
  streaming.outputs;
export const { consumers, consumerConfiguration, consumerKeys } = streaming.outputs;
export const { applications, clientSecrets } = made;
export const { warnings } = decided;

const warn = (sentences: readonly string[]) => {
  for (const sentence of sentences) void pulumi.log.warn(sentence);
};
warn([...warnings, ...decided.notices]);
requiredRoleAssignments.apply((required) => {
  if (plan.locks) warn(roleLockNotices(known.last.grants, required));
});
