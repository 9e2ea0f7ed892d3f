import { activities, lastWrite } from "../activityLog.ts";
import { goesOn } from "../goesOn.ts";
import { hoursOf } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { accountThat } from "../resources.ts";
import { appends, saveSetting, withStorage } from "../traffic.ts";

const closed =
  "a test account with public network access off: `az storage account update --public-network-access Disabled`";

export const closedStorage: Question = {
  name: "closed-storage",
  question: "Does Defender write to an account with public network access off?",
  needs: `${withStorage}, ${saveSetting}, then ${closed}`,
  async prove(scene) {
    const account = await accountThat(scene, ({ publicNetworkAccess }) => publicNetworkAccess === "Disabled");
    if (!account) return notYet(closed);
    return goesOn({
      what: `public network access to ${account.name} is off`,
      since: lastWrite(await activities(scene.azure, account.resourceId, scene.now), account.resourceId),
      hours: hoursOf(await appends(scene, account)),
      unit: "appends",
      now: scene.now,
    });
  },
};
