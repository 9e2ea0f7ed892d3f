import { deployerActions, onlyTheseRoles } from "../../streaming/deployer/role.ts";
import type { Role } from "../../streaming/roles/roles.ts";

/** The deployer's role, as `az role definition create --role-definition` takes it. */
export function renderDeployerRole(): string {
  const role = {
    Name: "Defender streaming deployer",
    IsCustom: true,
    Description:
      "Deploys Microsoft Defender's streaming into its own resource groups. Assign it with the condition in docs/deployer.md.",
    Actions: deployerActions,
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: ["/subscriptions/00000000-0000-0000-0000-000000000000"],
  };
  return `${JSON.stringify(role, undefined, 2)}\n`;
}

/** The condition that limits which roles the deployer assigns, and what each of them is for. */
export function renderDeployerCondition(roles: readonly Role[]): string {
  const names = roles.map(({ id, name }) => `- \`${id}\`: ${name}`);
  return ["```", onlyTheseRoles(roles), "```", "", "It names these roles:", "", ...names].join("\n");
}
