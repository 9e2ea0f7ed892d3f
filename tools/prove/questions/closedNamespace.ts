import { activities, lastWrite } from "../activityLog.ts";
import { goesOn } from "../goesOn.ts";
import { hoursOf } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { namespaceThat } from "../resources.ts";
import { incoming, saveSetting, withHubs } from "../traffic.ts";

const closed = "a test namespace with public network access off, and trusted services on";

export const closedNamespace: Question = {
  name: "closed-namespace",
  question:
    "Does Defender write to a namespace with public network access off, as a trusted Microsoft service?",
  needs: `${withHubs}, ${saveSetting}, then ${closed}`,
  async prove(scene) {
    const namespace = await namespaceThat(
      scene,
      ({ publicNetworkAccess }) => publicNetworkAccess === "Disabled",
    );
    if (!namespace) return notYet(closed);
    return goesOn({
      what: `public network access to ${namespace.name} is off`,
      since: lastWrite(await activities(scene.azure, namespace.resourceId, scene.now), namespace.resourceId),
      hours: hoursOf(await incoming(scene, namespace)),
      unit: "messages",
      now: scene.now,
    });
  },
};
