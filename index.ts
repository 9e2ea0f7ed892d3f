import * as pulumi from "@pulumi/pulumi";
import { directoryProvider } from "./azure/directoryProvider.ts";
import { readExisting } from "./azure/existing/readExisting.ts";
import { lastDeployment } from "./azure/lastDeployment.ts";
import { findPrincipals } from "./azure/principals.ts";
import { azureProvider } from "./azure/provider.ts";
import { readDeliveryVaults } from "./azure/readDeliveryVaults.ts";
import { readHostNames } from "./azure/readHostNames.ts";
import { readKey } from "./azure/readKey.ts";
import { readNetworks } from "./azure/readNetworks.ts";
import { readStandingGrants } from "./azure/readStandingGrants.ts";
import { readZoneLinks } from "./azure/readZoneLinks.ts";
import { DefenderStreaming } from "./components/defenderStreaming.ts";
import { makeApplications } from "./components/newConsumers.ts";
import { component } from "./settings/keys.ts";
import { loadSettings, orSayMistakes } from "./settings/load.ts";
import { checkAccessChanges } from "./streaming/accessChanges.ts";
import { accessNotices } from "./streaming/accessNotices.ts";
import { checkDeliveryVaults } from "./streaming/deliveryVaults.ts";
import { checkNetworks } from "./streaming/existingNetwork.ts";
import { checkHostNames, hostNameNotices } from "./streaming/hostNameChecks.ts";
import { checkKey, keyWarnings } from "./streaming/keyFacts.ts";
import { lockNotices, roleLockNotices } from "./streaming/lockNotices.ts";
import { settled, together, unlessMistaken } from "./streaming/mistakes.ts";
import { changeNotices, unitWarnings } from "./streaming/notices.ts";
import { plan as planStreaming } from "./streaming/plan.ts";
import { checkStandingGrants, standingGrantNotices } from "./streaming/standingGrants.ts";
import { reachable } from "./streaming/transitions.ts";
import { checkZoneLinks, zoneLinkNotices } from "./streaming/zoneLinks.ts";

// What is asked. A mistake ends here, before anything is touched.
const now = new Date();
const settings = loadSettings(now);

// Which cloud.
const provider = azureProvider(settings.cloud);

// What stands: where each table was put, and the namespaces as they are now.
const last = await lastDeployment({ provider });

// What the settings name and others made: people and applications, what exists already, key vaults, networks, roles.
const { cloud, location } = settings;
const [named, existing, key, vaults, networks, links, standingGrants] = await Promise.all([
  settled(findPrincipals(settings, cloud)),
  readExisting(settings, last, { location, cloud, provider }),
  readKey(settings, cloud),
  readDeliveryVaults(settings, cloud),
  readNetworks(settings, cloud),
  readZoneLinks(settings, { cloud, provider }),
  readStandingGrants(settings, last, { cloud, provider }),
]);

// Names that `pulumi:autonaming` settles: of namespaces and accounts Azure has each one once.
const planned = () => planStreaming(settings, last.placement, existing);
const soundPlan = unlessMistaken(planned);
const names = soundPlan && (await readHostNames(component, soundPlan, settings, last, { cloud, provider }));

// What is to be. Nothing that was placed moves.
const { plan, principals } = orSayMistakes(() => {
  const [principals, plan] = together(
    named,
    planned,
    () => checkKey(settings, key),
    () => checkDeliveryVaults(settings, vaults),
    () => checkNetworks(settings, location, networks),
    () => names && checkHostNames(names),
    () => names && checkZoneLinks(settings, cloud, links, { ...last, ...names }),
  );
  const [reached] = together(
    () => reachable(plan, last.live, { live: last.liveAccounts, location }),
    () => checkAccessChanges({ ...settings, ...principals }, last.grants, now),
    () => checkStandingGrants(principals, standingGrants),
  );
  return { plan: reached, principals };
});

// What is created.
const prefix = `${pulumi.getProject()}-${pulumi.getStack()}`;
const made = makeApplications(
  component,
  { consumers: principals.consumers, displayNamePrefix: prefix, cloud },
  { providers: [directoryProvider(cloud)].filter((one) => one !== undefined) },
);
const streaming = new DefenderStreaming(
  component,
  {
    plan,
    live: last.live,
    exportSettingPrefix: prefix,
    location,
    cloud,
    product: settings.product,
    portalUsers: principals.portalUsers,
    consumers: made.consumers,
    consumerGroups: settings.consumerGroups,
    roles: settings.roles,
    roleScope: settings.roleScope,
    standingGrants,
    protect: settings.protect,
    allowDataLoss: settings.allowDataLoss,
    hubPolicy: settings.hubPolicy,
    customerManagedKey: settings.customerManagedKey,
    privateEndpoints: settings.privateEndpoints,
    lock: settings.lock,
    tags: settings.tags,
    tagOverrides: settings.tagOverrides,
    registration: settings.registration,
    endpointIntegration: settings.endpointIntegration,
  },
  provider ? { providers: [provider] } : {},
);

// What to enter in the Defender portal, and what consumers need.
export const { exportSettings, portal, namespaces, accounts, requiredRoleAssignments, placement } = streaming;
export const { consumers, consumerConfiguration, consumerKeys } = streaming;
export const { applications, clientSecrets } = made;
export const warnings = [...plan.warnings, ...unitWarnings(plan, last.live), ...keyWarnings(settings, key)];

const notices = [
  ...changeNotices(plan, last, settings),
  ...accessNotices(settings.portalUsers, now),
  ...standingGrantNotices(principals, standingGrants),
];
if (names) notices.push(...hostNameNotices(names), ...zoneLinkNotices(links, { ...last, ...names }));
const warn = (sentences: readonly string[]) => {
  for (const sentence of sentences) void pulumi.log.warn(sentence);
};
warn([...warnings, ...notices, ...(settings.lock ? lockNotices(plan, last) : [])]);
requiredRoleAssignments.apply((required) => {
  if (settings.lock) warn(roleLockNotices(last.grants, required));
});
