import { isUserPrincipalName } from "./application.ts";
import type { Draft } from "../request.ts";

/** An application permission of Microsoft Graph that a deployment with a service principal needs. */
export interface GraphPermission {
  readonly name: string;
  /** The id of the app role at Microsoft Graph (permissions-reference.md, microsoftgraph/microsoft-graph-docs-contrib). */
  readonly id: string;
  /** The role in Entra ID that gives a person the same right, if not every user has it. */
  readonly role?: string;
}

/** What the project uses in Microsoft Graph, each with its least permission. */
export const graphPermissions = {
  /** `userPrincipalName`. */
  users: { name: "User.ReadBasic.All", id: "97235f07-e226-4f63-ace3-39588e11d3a1" },
  /** `groupName`. */
  groups: { name: "GroupMember.Read.All", id: "98830695-27a2-44f7-8c18-0c3ebc9698f6" },
  /** `applicationId`. */
  servicePrincipals: { name: "Application.Read.All", id: "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30" },
  /** `application`, whose owner is the deployer. */
  ownApplications: {
    name: "Application.ReadWrite.OwnedBy",
    id: "18a4783c-866b-4cc7-a460-3d5e5662c884",
    role: "Application Developer",
  },
  /** `application` with other owners (application-post-owners.md), together with `directory`. */
  allApplications: {
    name: "Application.ReadWrite.All",
    id: "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
    role: "Cloud Application Administrator",
  },
  directory: { name: "Directory.Read.All", id: "7ab1d382-f21e-4acd-a863-ba3e13f7da61" },
} as const satisfies Record<string, GraphPermission>;

export type GraphUse = keyof typeof graphPermissions;

/** What a request uses. Object ids are looked up only if Graph is readable anyway, so they need no permission. */
export function graphUses({ portalUsers = [], consumers = [] }: Draft): GraphUse[] {
  const applications = consumers.flatMap(({ application }) => application ?? []);
  const owners = applications.flatMap((application) => application.owners ?? []);
  const uses: Readonly<Record<GraphUse, boolean>> = {
    users:
      portalUsers.some((user) => user.userPrincipalName !== undefined) || owners.some(isUserPrincipalName),
    groups: portalUsers.some((user) => user.groupName !== undefined),
    servicePrincipals: consumers.some((consumer) => consumer.applicationId !== undefined),
    ownApplications: applications.some((application) => application.owners === undefined),
    allApplications: owners.length > 0,
    directory: owners.length > 0,
  };
  return (Object.keys(uses) as GraphUse[]).filter((use) => uses[use]);
}
