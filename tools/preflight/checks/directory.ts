import { graphPermissions, graphUses, type GraphUse } from "../../../streaming/people/graphPermissions.ts";
import { listed } from "../../../streaming/wording/words.ts";
import type { Check, Subject } from "../check.ts";
import type { Finding } from "../finding.ts";

/** Wider permissions that allow the same (permissions-reference.md, microsoftgraph/microsoft-graph-docs-contrib). */
const alsoBy: Readonly<Record<GraphUse, readonly string[]>> = {
  users: ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  groups: ["Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  servicePrincipals: ["Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  ownApplications: ["Application.ReadWrite.All"],
  allApplications: [],
  directory: ["Directory.ReadWrite.All"],
};

/** Names are looked up, and applications created, in Microsoft Graph. */
export const directory: Check = {
  name: "directory",
  asks: "Whether names can be looked up and applications created in Microsoft Entra",
  async findings(subject) {
    const uses = graphUses(subject.settings);
    if (uses.length === 0) return [];
    return subject.account.principalType === "User" ? asUser(uses) : asApplication(subject, uses);
  },
};

function asUser(uses: readonly GraphUse[]): Finding[] {
  const roles = uses.flatMap((use) => {
    const permission = graphPermissions[use];
    return "role" in permission ? [permission.role] : [];
  });
  if (roles.length === 0) return [{ status: "ok", what: "Members of the tenant may look up its names." }];
  return [
    {
      status: "unknown",
      what: `A user who creates applications needs the role ${listed([...new Set(roles)])} in Microsoft Entra, unless the tenant lets everyone register applications.`,
      fix: "Check https://entra.microsoft.com > Identity > Users > User settings, or ask for the role.",
    },
  ];
}

async function asApplication(
  { account, graphPermissions: held }: Subject,
  uses: readonly GraphUse[],
): Promise<Finding[]> {
  const has = await held();
  const missing = uses.filter(
    (use) => ![graphPermissions[use].name, ...alsoBy[use]].some((one) => has.includes(one)),
  );
  if (missing.length === 0) {
    return [
      {
        status: "ok",
        what: `Has ${listed(uses.map((use) => graphPermissions[use].name))} in Microsoft Graph, or more.`,
      },
    ];
  }
  return missing.map((use) => {
    const { name, id } = graphPermissions[use];
    return {
      status: "problem",
      what: `The application lacks the application permission ${name} of Microsoft Graph.`,
      fix: `az ad app permission add --id ${account.name} --api 00000003-0000-0000-c000-000000000000 --api-permissions ${id}=Role && az ad app permission admin-consent --id ${account.name}`,
    };
  });
}
