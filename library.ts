/**
 * The library: what a Pulumi program of your own imports from `defender-streaming`. One call does everything, `defenderStreaming`; the
 * rest are its parts. See docs/library.md.
 *
 * @packageDocumentation
 */
export { defenderStreaming, type StreamingOptions, type StreamingWishes } from "./defenderStreaming.ts";
export type { Streaming } from "./deploy.ts";
export { directoryProvider } from "./azure/directoryProvider.ts";
export { lastDeployment, type LastDeployment, type LastDeploymentArgs } from "./azure/read/lastDeployment.ts";
export { lookUp, type LookUpArgs } from "./azure/lookUp.ts";
export { azureProvider } from "./azure/provider.ts";
export {
  ConsumerApplication,
  type ConsumerApplicationArgs,
} from "./components/consumers/consumerApplication.ts";
export {
  DefenderStreaming,
  type DefenderStreamingArgs,
  type DefenderStreamingOutputs,
} from "./components/defenderStreaming.ts";
export { type Consumers, createApplications } from "./components/consumers/newConsumers.ts";
export { type FullRequest, requestWith, type Wishes } from "./settings/requestWith.ts";
export type { Access } from "./streaming/people/access.ts";
export type { Cloud } from "./streaming/cloud/clouds.ts";
export { decide, type Decision } from "./streaming/decide.ts";
export { type Deployed, type Known } from "./streaming/known.ts";
export type { DeliveryVaults } from "./streaming/consumers/deliveryVaults.ts";
export type { ExistingFacts } from "./streaming/existing/facts.ts";
export type { ExistingRequest } from "./streaming/existing/existing.ts";
export type { ExistingNetwork } from "./streaming/network/existingNetwork.ts";
export type { HostNames } from "./streaming/naming/hostNameChecks.ts";
export type { Principals } from "./streaming/people/identities.ts";
export type { KeyFacts } from "./streaming/encryption/keyFacts.ts";
export type { LiveNamespace } from "./streaming/eventHubs/liveNamespace.ts";
export { roleLockNotices } from "./streaming/changes/lockNotices.ts";
export { type Mistake, MistakesError } from "./streaming/wording/mistakes.ts";
export type { Place, Placement } from "./streaming/placement/placement.ts";
export { type CurrentState, plan } from "./streaming/plan.ts";
export {
  type Plan,
  type PlannedExportSetting,
  type PlannedHub,
  type PlannedNamespace,
} from "./streaming/planned.ts";
export type {
  CheckpointStoreConfiguration,
  ConsumerConfiguration,
  ConsumerConnection,
  DeployedAccount,
  DeployedApplication,
  DeployedNamespace,
  ExportSetting,
  Outputs,
  Portal,
  PortalFields,
  RequiredRoleAssignment,
  SharedAccessRule,
  TokenClaims,
} from "./streaming/outputs.ts";
export type { LiveAccount } from "./streaming/storage/redundancy.ts";
export type { StreamingRequest } from "./streaming/request.ts";
export type { Consumer, PortalUser, Principal } from "./streaming/people/principals.ts";
export type { PlacedGrant, ExistingGrants } from "./streaming/roles/existingGrants.ts";
export type { PlannedAccount, StorageOptions } from "./streaming/storage/account.ts";
export type { ZoneLinks } from "./streaming/network/zoneLinks.ts";
