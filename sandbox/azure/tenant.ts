/**
 * The example tenant: the one directory, subscription and set of people the sandbox knows.
 * Everything here is invented. The GUIDs are fixed, so that examples and tests can name them.
 */

export type PrincipalType = "User" | "Group" | "ServicePrincipal";

export interface Principal {
  /** Object id in the tenant: what a role assignment's `principalId` holds. */
  readonly objectId: string;
  readonly type: PrincipalType;
  readonly displayName: string;
  /** Users only. */
  readonly userPrincipalName?: string;
  /** Service principals only: the application (client) id they sign in with. */
  readonly appId?: string;
  /** Service principals only: the object id of their app registration, which is no principal. */
  readonly applicationObjectId?: string;
}

export const tenantId = "7c3b1f0e-5a42-4d8b-9e61-2f8d0c94ab17";
export const tenantName = "Contoso";
export const tenantDomain = "contoso.onmicrosoft.com";

export const subscriptionId = "3f9a6d52-81c7-4be0-a5d3-6e10b7c2f48d";
export const subscriptionName = "Contoso Security";

/** Signs in with `clientSecret`, owns the subscription, and is the deployer in the sandbox. */
export const deployer = {
  objectId: "b8e2c4a1-0d57-4f36-8b19-93c5d1e7f602",
  type: "ServicePrincipal",
  displayName: "sp-defender-streaming-deploy",
  appId: "e41d7b90-6c28-4a5f-b3d4-1a0f8e59c276",
  applicationObjectId: "6a1f93d7-2b84-4c0e-9d35-e7c0518fa2b4",
} as const satisfies Principal;

/** Application permissions of Microsoft Graph that the deployer has consent for. */
export const deployersGraphPermissions: readonly string[] = [
  "Application.ReadWrite.All",
  "Directory.Read.All",
  "GroupMember.Read.All",
  "User.ReadBasic.All",
];

/** Signs in with `clientSecret` too, and may do nothing until somebody gives it a role. */
export const restrictedDeployer = {
  objectId: "6a1f93d8-c452-4be7-9d06-38e5b7c1a20f",
  type: "ServicePrincipal",
  displayName: "sp-restricted-deploy",
  appId: "d3580c6e-4b97-4f12-8a2e-75c9f0d6b134",
} as const satisfies Principal;

/** The deployer in another tenant, where its application is installed as well: who works for several signs in to several. */
export const deployerElsewhere = {
  tenantId: "a94d06c7-18e3-4f5b-b720-5cd1e9f8034a",
  subscriptionId: "58b1e4d9-6f20-4c97-a83e-0d7f92c6b51a",
  appId: deployer.appId,
  objectId: "e0c7f315-9b46-4d28-8a1d-7f54b3e6290c",
} as const;

/** Valid in the sandbox only. */
export const clientSecret = "sandbox-only-not-a-secret";

/** What a process on a machine with an identity sends to the machine's identity endpoint. Valid in the sandbox only. */
export const identityHeader = "sandbox-only-not-an-identity-header";

export const portalUserAlex = {
  objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245",
  type: "User",
  displayName: "Alex Wilber",
  userPrincipalName: `alex.wilber@${tenantDomain}`,
} as const satisfies Principal;

export const portalUserMegan = {
  objectId: "91c6f8d4-7e3a-4b05-8d2c-0fa4b95e1736",
  type: "User",
  displayName: "Megan Bowen",
  userPrincipalName: `megan.bowen@${tenantDomain}`,
} as const satisfies Principal;

export const securityGroup = {
  objectId: "c2a50e7f-94db-4163-b8fe-57d3096ac8e1",
  type: "Group",
  displayName: "sg-security-operations",
} as const satisfies Principal;

export const consumerSiem = {
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  type: "ServicePrincipal",
  displayName: "sp-siem-consumer",
  appId: "84f0b6c3-1d9e-47a2-a6b5-3c7e905fd128",
  applicationObjectId: "d3c58e10-7a46-4f92-b1e8-40f6a97d2c53",
} as const satisfies Principal;

export const consumerLake = {
  objectId: "f7b93c05-48e6-4d12-a0f7-19c8e2d45b6a",
  type: "ServicePrincipal",
  displayName: "sp-lake-consumer",
  appId: "0a6d5e2b-f791-4c83-8e4d-b2170c9fa365",
  applicationObjectId: "19e7b4c8-05d2-4a6f-8c37-b85e1f203d96",
} as const satisfies Principal;

export const principals: readonly Principal[] = [
  deployer,
  restrictedDeployer,
  portalUserAlex,
  portalUserMegan,
  securityGroup,
  consumerSiem,
  consumerLake,
];

/** Globally unique names that belong to somebody outside of the tenant. */
export const namesTakenElsewhere: readonly string[] = ["contoso", "defender-streaming", "microsoft-defender"];

/** The same for storage accounts, whose names are host names of another domain. */
export const storageNamesTakenElsewhere: readonly string[] = ["contoso", "defenderstreaming"];
