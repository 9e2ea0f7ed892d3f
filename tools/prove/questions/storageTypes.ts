import { activities } from "../activityLog.ts";
import { notYet, type Question } from "../question.ts";
import { containersOf } from "../resources.ts";
import { saveSetting } from "../traffic.ts";

const most = 10;
const left =
  "a stack with `storage: {containers: false}` and more than 10 tables, so that each container is one that Defender has written to";

export const storageTypes: Question = {
  name: "storage-types",
  question: `Does the limit of ${most} event types per export setting hold for storage?`,
  needs: `${left}, ${saveSetting}`,
  async prove(scene) {
    const setting = scene.stack.exportSettings.find(
      ({ destination, eventTypes }) => destination === "storage" && eventTypes.length > most,
    );
    const account = scene.stack.accounts.find(({ resourceId }) => resourceId === setting?.resourceId);
    if (!setting || !account) return notYet(left);
    const log = await activities(scene.azure, account.resourceId, scene.now);
    const within = `${account.resourceId}/`.toLowerCase();
    const made = log.filter(
      ({ operation, resourceId }) =>
        /blobServices\/containers\/write$/i.test(operation) && resourceId.toLowerCase().startsWith(within),
    );
    const containers = (await containersOf(scene, account)).filter((name) =>
      account.containers.includes(name),
    );
    const evidence = [
      `${setting.name} names ${setting.eventTypes.length} event types`,
      `${account.name} has containers of ${containers.length} of them: ${containers.join(", ") || "none"}`,
    ];
    if (made.length > 0)
      return notYet(left, [
        ...evidence,
        `${made.length} containers were created through Azure Resource Manager, by the stack`,
      ]);
    return containers.length > most ? { answer: "no", evidence } : notYet(saveSetting, evidence);
  },
};
