import { checkout } from "defender-streaming-sandbox";
import { builtInRoles, demandsOf, segmentsOf } from "defender-streaming-sandbox/rbac";
import { restrictedDeployer } from "defender-streaming-sandbox/tenant";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assignableRoles, onlyTheseRoles } from "../../streaming/deployer/role.ts";
import type { Served, TestSandbox } from "../engine/testSandbox.ts";

/** A role for the restricted deployer. */
interface Assignment {
  /** GUID of the role's definition. */
  readonly role: string;
  readonly scope: string;
  readonly condition?: string | undefined;
}

/** The owner gives the restricted deployer a role. @returns how to take it away */
export async function give(owner: TestSandbox, assignment: Assignment): Promise<() => Promise<void>> {
  const { role, scope, condition } = assignment;
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  await owner.arm("PUT", id, "2022-04-01", {
    properties: {
      roleDefinitionId: `${definitions(owner)}/${role}`,
      principalId: restrictedDeployer.objectId,
      principalType: "ServicePrincipal",
      ...(condition && { condition, conditionVersion: "2.0" }),
    },
  });
  return async () => {
    await owner.arm("DELETE", id, "2022-04-01");
  };
}

const definitions = ({ subscription }: TestSandbox) =>
  `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;

/** The role of docs/deployer-role.json. */
export const deployerRole = JSON.parse(
  readFileSync(join(checkout, "docs", "deployer-role.json"), "utf8"),
) as { Name: string; Actions: string[] };

/**
 * The owner defines it, as docs/deployer.md says.
 *
 * @param part default: the whole role
 * @returns the role as that page has it assigned
 */
export async function defineDeployerRole(
  owner: TestSandbox,
  part: { readonly Name: string; readonly Actions: readonly string[] } = deployerRole,
): Promise<Omit<Assignment, "scope">> {
  const role = randomUUID();
  await owner.arm("PUT", `${definitions(owner)}/${role}`, "2022-04-01", {
    properties: {
      roleName: part.Name,
      assignableScopes: [owner.subscription],
      permissions: [{ actions: part.Actions }],
    },
  });
  return { role, condition: onlyTheseRoles(assignableRoles) };
}

/** What no example asks for, by the actions that it takes. */
export const notInExamples: Readonly<Record<string, readonly string[]>> = {
  "a connection string for a whole namespace": ["Microsoft.EventHub/namespaces/authorizationRules/*"],
  "names that `pulumi:autonaming` settles": [
    "Microsoft.EventHub/checkNameAvailability/action",
    "Microsoft.Resources/subscriptions/resources/read",
    "Microsoft.Storage/checknameavailability/read",
  ],
  "private DNS zones that are made (`dnsZones: create`)": [
    "Microsoft.Network/privateDnsOperationStatuses/read",
    "Microsoft.Network/privateDnsZones/delete",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks/*",
    "Microsoft.Network/privateDnsZones/write",
  ],
};

/** What `az role assignment create …` gives, a command of preflight's. */
export function assignmentIn(command: string): Assignment {
  const part = (flag: string) =>
    new RegExp(`--${flag} (?:"([^"]*)"|'((?:[^']|'\\\\'')*)'|(\\S+))`).exec(command)?.slice(1).find(Boolean);
  const name = part("role");
  const role = builtInRoles.find((one) => one.name === name);
  if (!role) throw new Error(`No role in: ${command}`);
  return {
    role: role.id,
    scope: part("scope") ?? "",
    condition: part("condition")?.replaceAll(String.raw`'\''`, "'"),
  };
}

/** The actions of Azure's that served requests took, linked resources' included; in lower case. */
export function actionsIn(served: readonly Served[]): Set<string> {
  const demands = served
    .filter(({ url, status }) => url.includes("/subscriptions/") && status !== 403)
    .flatMap(({ method, url, requestBody }) =>
      demandsOf(method, segmentsOf(new URL(url, "https://azure").pathname), requestBody),
    );
  return new Set(demands.map(({ action }) => action.toLowerCase()));
}
