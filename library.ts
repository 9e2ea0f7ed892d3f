/**
 * The library: what a Pulumi program of your own imports from `defender-streaming`. docs/library.md tells how.
 *
 * @packageDocumentation
 */
export { directoryProvider } from "./azure/directoryProvider.ts";
export { lastDeployment, type LastDeployment, type LastDeploymentArgs } from "./azure/lastDeployment.ts";
export { lookUp, type LookUpArgs } from "./azure/lookUp.ts";
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
export type { Cloud } from "./streaming/clouds.ts";
export {
  decide,
  type Decision,
  type DecisionRequest,
  type Deployed,
  type Known,
} from "./streaming/decision.ts";
export type { DeliveryVaults } from "./streaming/deliveryVaults.ts";
export type { ExistingFacts } from "./streaming/existing/facts.ts";
export type { ExistingRequest } from "./streaming/existing/request.ts";
export type { ExistingNetwork } from "./streaming/existingNetwork.ts";
export type { HostNames } from "./streaming/hostNameChecks.ts";
export type { Principals } from "./streaming/identities.ts";
export type { KeyFacts } from "./streaming/keyFacts.ts";
export type { LiveNamespace } from "./streaming/live.ts";
export { roleLockNotices } from "./streaming/lockNotices.ts";
export { type Mistake, MistakesError } from "./streaming/mistakes.ts";
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
export type { PlacedGrant, StandingGrants } from "./streaming/standingGrants.ts";
export type { PlannedAccount, StorageOptions } from "./streaming/storage.ts";
export type { ZoneLinks } from "./streaming/zoneLinks.ts";
