import { activities, lastWrite } from "../activityLog.ts";
import { goesOn } from "../goesOn.ts";
import { hoursOf } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { incoming, saveSetting, withHubs } from "../traffic.ts";
import { namespaceThat } from "../resources.ts";

const off =
  "a test namespace with local authentication off: `az eventhubs namespace update --disable-local-auth true`";

export const localAuth: Question = {
  name: "local-auth",
  question: "Does Defender continue to write when the namespace's local authentication is off?",
  needs: `${withHubs}, ${saveSetting}, then ${off}`,
  async prove(scene) {
    const namespace = await namespaceThat(scene, ({ disableLocalAuth }) => disableLocalAuth === true);
    if (!namespace) return notYet(off);
    return goesOn({
      what: `local authentication of ${namespace.name} is off`,
      since: lastWrite(await activities(scene.azure, namespace.resourceId, scene.now), namespace.resourceId),
      hours: hoursOf(await incoming(scene, namespace)),
      unit: "messages",
      now: scene.now,
    });
  },
};
