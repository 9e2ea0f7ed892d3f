/**
 * The library: what a Pulumi program of your own imports from `defender-streaming`. docs/library.md tells how.
 *
 * @packageDocumentation
 */
export { directoryProvider } from "./azure/directoryProvider.ts";
export { readExisting, type ReadExistingArgs } from "./azure/existing/readExisting.ts";
export { lastDeployment, type LastDeployment, type LastDeploymentArgs } from "./azure/lastDeployment.ts";
export { readDeliveryVaults } from "./azure/readDeliveryVaults.ts";
export { readHostNames, type ReadHostNamesArgs } from "./azure/readHostNames.ts";
export { readKey } from "./azure/readKey.ts";
export { readNetworks } from "./azure/readNetworks.ts";
export { readStandingGrants, type ReadStandingGrantsArgs } from "./azure/readStandingGrants.ts";
export { readZoneLinks, type ReadZoneLinksArgs } from "./azure/readZoneLinks.ts";
export { findPrincipals, type Principals } from "./azure/principals.ts";
export { azureProvider } from "./azure/provider.ts";
export type { ConsumerConfiguration } from "./components/consumerAccess.ts";
export { ConsumerApplication, type ConsumerApplicationArgs } from "./components/consumerApplication.ts";
export {
  DefenderStreaming,
  type DefenderStreamingArgs,
  type DefenderStreamingOutputs,
} from "./components/defenderStreaming.ts";
export type {
  ConsumerConnection,
  DeployedAccount,
  DeployedNamespace,
  ExportSetting,
} from "./components/deployed.ts";
export { type Consumers, type DeployedApplication, makeApplications } from "./components/newConsumers.ts";
export type { RequiredRoleAssignment } from "./components/roleAssignments.ts";
export { type FullRequest, requestWith, type Wishes } from "./settings/requestWith.ts";
export type { Access } from "./streaming/access.ts";
export { checkAccessChanges, type DeployedGrant } from "./streaming/accessChanges.ts";
export { accessNotices } from "./streaming/accessNotices.ts";
export type { Cloud } from "./streaming/clouds.ts";
export { checkDeliveryVaults, type DeliveryVaults } from "./streaming/deliveryVaults.ts";
export { checkNetworks, type ExistingNetwork } from "./streaming/existingNetwork.ts";
export { checkHostNames, type HostNames, hostNameNotices } from "./streaming/hostNameChecks.ts";
export { checkKey, type KeyFacts, keyWarnings } from "./streaming/keyFacts.ts";
export type { ExistingFacts } from "./streaming/existing/facts.ts";
export type { ExistingRequest } from "./streaming/existing/request.ts";
export type { LiveNamespace } from "./streaming/live.ts";
export { lockNotices, roleLockNotices } from "./streaming/lockNotices.ts";
export { type Mistake, MistakesError, settled, together } from "./streaming/mistakes.ts";
export { changeNotices, unitWarnings } from "./streaming/notices.ts";
export type { Place, Placement } from "./streaming/placement.ts";
export {
  type Plan,
  plan,
  type PlannedExportSetting,
  type PlannedHub,
  type PlannedNamespace,
} from "./streaming/plan.ts";
export type { Portal } from "./streaming/portal.ts";
export type { LiveAccount } from "./streaming/redundancy.ts";
export type { Consumer, PortalUser, Principal, StreamingRequest } from "./streaming/request.ts";
export {
  checkStandingGrants,
  type StandingGrants,
  standingGrantNotices,
} from "./streaming/standingGrants.ts";
export type { PlannedAccount, StorageOptions } from "./streaming/storage.ts";
export { reachable } from "./streaming/transitions.ts";
export { checkZoneLinks, type StackShare, type ZoneLink, zoneLinkNotices } from "./streaming/zoneLinks.ts";
