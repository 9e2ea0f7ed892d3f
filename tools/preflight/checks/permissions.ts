import { features, type Feature } from "../../../streaming/deployer/features.ts";
import { onlyTheseRoles } from "../../../streaming/deployer/role.ts";
import { listed } from "../../../streaming/wording/words.ts";
import { unlessMissing } from "../../../azure/found.ts";
import { assignableRolesAt } from "../assignableRoles.ts";
import type { Check, Subject } from "../check.ts";
import { grantCommand } from "../commands.ts";
import type { Finding } from "../finding.ts";
import { isAllowed, permissionsAt } from "../permissions.ts";
import { subscriptionScope } from "../subscription.ts";

/** The actions on Azure's resources that a deployment of the settings takes. */
export const permissions: Check = {
  name: "permissions",
  asks: "Whether the signed-in principal may create what the settings ask for",
  async findings(subject) {
    const asked = features.filter(({ isIn }) => isIn(subject.plan));
    const found = await Promise.all(asked.map((feature) => lacking(subject, feature)));
    const problems = found.flat();
    if (problems.length > 0) return problems;
    return [{ status: "ok", what: `May create ${listed(asked.map(({ name }) => name))}.` }];
  },
};

async function lacking({ azure, account, plan }: Subject, feature: Feature): Promise<Finding[]> {
  const group = feature.onSubscription ? undefined : plan.resourceGroup?.resourceId;
  const scopes = feature.scopes?.(plan) ?? [group ?? subscriptionScope(account)];
  const found = await Promise.all(
    scopes.map(async (scope): Promise<Finding[]> => {
      const held = await unlessMissing(() => permissionsAt(azure, scope));
      if (held === undefined) {
        const fix = "Correct its id in the settings, or create it first.";
        return [{ status: "problem", what: `For ${feature.name}: ${scope} does not exist.`, fix }];
      }
      const missing = feature.actions.filter((action) => !isAllowed(action, held));
      const assigned = feature.assigns?.(plan);
      const fix = grantCommand(account, feature.role, scope, assigned && onlyTheseRoles(assigned));
      const forIt = `For ${feature.name} the signed-in principal`;
      if (missing.length > 0) {
        return [{ status: "problem", what: `${forIt} lacks ${inShort(missing)} at ${scope}.`, fix }];
      }
      const may = assigned && (await assignableRolesAt(azure, account, scope));
      const refused = (assigned ?? []).filter(({ id }) => may && !may.has(id));
      if (refused.length === 0) return [];
      const roles = listed(refused.map(({ name }) => name));
      const why = "the conditions on its own roles allow other roles only";
      return [{ status: "problem", what: `${forIt} may not assign ${roles} at ${scope}: ${why}.`, fix }];
    }),
  );
  return found.flat();
}

/** `a/read`, `a/write` and `a/delete` are `a/*`, when all three are missing. */
function inShort(actions: readonly string[]): string {
  const types = Map.groupBy(actions, (action) => action.slice(0, action.lastIndexOf("/")));
  return listed([...types].flatMap(([type, those]) => (those.length === 3 ? [`${type}/*`] : those)));
}
