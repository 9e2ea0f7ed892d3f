import { lasts } from "../conditions/lasting.ts";
import type { DirectoryObject, World } from "../state.ts";
import { principals, tenantDomain, tenantId } from "../tenant.ts";

export type Kind = DirectoryObject["kind"];

/** All objects of the tenant's directory: those it began with, those created since, and the identities of Azure's resources. */
export function directoryObjects(world: World): DirectoryObject[] {
  return [...Object.values(stored(world)), ...managedIdentities(world)];
}

/** Those that Graph shows already. */
export const replicated = (world: World) =>
  directoryObjects(world).filter((object) => isReplicated(world, object));

export const isReplicated = (world: World, { properties }: DirectoryObject) =>
  !lasts(world, "directoryLags", properties["createdDateTime"] as string);

export function objectWithId(world: World, id: string): DirectoryObject | undefined {
  const wanted = id.toLowerCase();
  return directoryObjects(world).find((object) => object.id === wanted);
}

export function add(world: World, object: DirectoryObject): DirectoryObject {
  stored(world)[object.id] = object;
  return object;
}

/** Deletes an object, from the owners of others too. An application's service principal is deleted with it. */
export function remove(world: World, { id, kind, properties }: DirectoryObject): void {
  const others = Object.values(stored(world)).filter((other) => other.id !== id);
  world.state.directory = Object.fromEntries(others.map((other) => [other.id, other]));
  for (const other of others) other.owners = other.owners.filter((owner) => owner !== id);
  if (kind !== "application") return;
  const principal = others.find(
    (other) => other.kind === "servicePrincipal" && other.properties["appId"] === properties["appId"],
  );
  if (principal) remove(world, principal);
}

/** An older state has no directory: then it begins here. */
function stored(world: World): Record<string, DirectoryObject> {
  world.state.directory ??= Object.fromEntries(beginnings().map((object) => [object.id, object]));
  return world.state.directory;
}

/** The people, groups and applications of the example tenant. */
function beginnings(): DirectoryObject[] {
  return principals.flatMap((principal): DirectoryObject[] => {
    const { objectId: id, displayName, userPrincipalName, appId, applicationObjectId } = principal;
    switch (principal.type) {
      case "User":
        return [{ id, kind: "user", properties: { displayName, userPrincipalName }, owners: [] }];
      case "Group":
        return [{ id, kind: "group", properties: { displayName, mailNickname: displayName }, owners: [] }];
      case "ServicePrincipal":
        return [
          { id, kind: "servicePrincipal", properties: { displayName, appId }, owners: [] },
          ...(applicationObjectId === undefined
            ? []
            : [
                {
                  id: applicationObjectId,
                  kind: "application" as const,
                  properties: { displayName, appId },
                  owners: [],
                },
              ]),
        ];
    }
  });
}

/** The service principals that Azure keeps for resources with an identity, and for user-assigned identities. */
function managedIdentities(world: World): DirectoryObject[] {
  return Object.values(world.state.resources).flatMap(({ name, body }) => {
    const own = (body["identity"] as { principalId?: string } | undefined)?.principalId;
    // A user-assigned identity has both ids among its properties; role assignments have one, which proves nothing.
    const { clientId, principalId } = body.properties ?? {};
    const ids = [own, clientId === undefined ? undefined : principalId];
    return ids
      .filter((id) => typeof id === "string")
      .map((id): DirectoryObject => {
        const properties = {
          displayName: name,
          servicePrincipalType: "ManagedIdentity",
          ...(clientId === undefined ? {} : { appId: clientId }),
        };
        return { id: id.toLowerCase(), kind: "servicePrincipal", properties, owners: [] };
      });
  });
}

/** The default properties of an object of each kind (resources/application.md and its like, v1.0). */
export const defaultProperties: Readonly<Record<Kind, Readonly<Record<string, unknown>>>> = {
  user: {
    businessPhones: [],
    displayName: null,
    givenName: null,
    jobTitle: null,
    mail: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    userPrincipalName: null,
  },
  group: {
    deletedDateTime: null,
    classification: null,
    createdDateTime: null,
    description: null,
    displayName: null,
    groupTypes: [],
    mail: null,
    mailEnabled: false,
    mailNickname: null,
    membershipRule: null,
    proxyAddresses: [],
    securityEnabled: true,
    visibility: null,
  },
  servicePrincipal: {
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDisplayName: null,
    appId: null,
    applicationTemplateId: null,
    appOwnerOrganizationId: tenantId,
    appRoleAssignmentRequired: false,
    appRoles: [],
    createdDateTime: null,
    description: null,
    displayName: null,
    homepage: null,
    keyCredentials: [],
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    preferredSingleSignOnMode: null,
    replyUrls: [],
    samlSingleSignOnSettings: null,
    servicePrincipalNames: [],
    servicePrincipalType: "Application",
    signInAudience: "AzureADMyOrg",
    tags: [],
    tokenEncryptionKeyId: null,
  },
  application: {
    deletedDateTime: null,
    api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [], preAuthorizedApplications: [] },
    appId: null,
    applicationTemplateId: null,
    appRoles: [],
    createdDateTime: null,
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: null,
    groupMembershipClaims: null,
    identifierUris: [],
    info: { marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
    isDeviceOnlyAuthSupported: null,
    isFallbackPublicClient: null,
    keyCredentials: [],
    notes: null,
    optionalClaims: null,
    passwordCredentials: [],
    publicClient: { redirectUris: [] },
    publisherDomain: tenantDomain,
    requiredResourceAccess: [],
    serviceManagementReference: null,
    signInAudience: "AzureADMyOrg",
    spa: { redirectUris: [] },
    tags: [],
    tokenEncryptionKeyId: null,
    web: { redirectUris: [], implicitGrantSettings: {} },
  },
};

/** Properties that are in an answer only if `$select` names them. */
export const selectableProperties: Readonly<Record<Kind, Readonly<Record<string, unknown>>>> = {
  user: {
    accountEnabled: true,
    employeeId: null,
    mailNickname: null,
    onPremisesImmutableId: null,
    onPremisesSamAccountName: null,
    onPremisesUserPrincipalName: null,
    usageLocation: null,
    userType: "Member",
  },
  group: {},
  servicePrincipal: { samlMetadataUrl: null },
  application: { oauth2RequirePostResponse: false },
};

/** An object with all of its properties. */
export function inFull({ id, kind, properties }: DirectoryObject): Record<string, unknown> {
  return { id, ...defaultProperties[kind], ...selectableProperties[kind], ...properties };
}

/** The type of principal that role assignments give it; undefined: no principal. */
export const principalTypes = {
  user: "User",
  group: "Group",
  servicePrincipal: "ServicePrincipal",
  application: undefined,
} as const;
