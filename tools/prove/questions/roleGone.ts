import { contributor } from "../../../streaming/roles/roles.ts";
import { activities } from "../activityLog.ts";
import { goesOn } from "../goesOn.ts";
import { hoursOf } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { mayContribute } from "../resources.ts";
import { incoming, saveSetting, withHubs } from "../traffic.ts";

const withUser = `${withHubs}, one namespace and portal users, of whom one saves the setting`;
const taken = "the portal users' role taken away, with every other one that lets them write to the namespace";
const logged =
  "the removal in the activity log of the namespace's resource group: without it nothing tells since when the role is gone";

export const roleGone: Question = {
  name: "role-gone",
  question: "Does streaming continue after the role of the portal user is removed?",
  needs: `${withUser}; ${saveSetting}; then ${taken}`,
  async prove(scene) {
    const { namespaces, requiredRoleAssignments } = scene.stack;
    const users = requiredRoleAssignments
      .filter(({ role }) => role === contributor.name)
      .map(({ principalId }) => principalId.toLowerCase());
    const [namespace] = namespaces;
    if (!namespace || users.length === 0) return notYet(withUser);
    const still = await mayContribute(scene, namespace.resourceId, users);
    if (still.length > 0) {
      return notYet(
        taken,
        still.map(({ principalId, scope }) => `${principalId} still has a role that can write, at ${scope}`),
      );
    }
    const log = await activities(scene.azure, namespace.resourceId, scene.now);
    const removal = log.find(({ operation }) => /roleAssignments\/delete$/i.test(operation));
    const what = `none of ${users.join(", ")} may write to ${namespace.name}`;
    if (!removal) return notYet(logged, [what]);
    return goesOn({
      what,
      since: removal.time,
      hours: hoursOf(await incoming(scene, namespace)),
      unit: "messages",
      now: scene.now,
    });
  },
};
