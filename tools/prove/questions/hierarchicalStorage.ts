import { hoursOf, hoursInWords } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { accountThat } from "../resources.ts";
import { appends, saveSetting } from "../traffic.ts";

const hierarchical = "a stack with `storage: {hierarchicalNamespace: true}`";

/** Silence is no answer: it may be that nobody saved the setting. */
export const hierarchicalStorage: Question = {
  name: "hierarchical-storage",
  question: "Does Defender write to an account with a hierarchical namespace?",
  needs: `${hierarchical}, ${saveSetting}`,
  async prove(scene) {
    const account = await accountThat(scene, ({ isHnsEnabled }) => isHnsEnabled === true);
    if (!account) return notYet(hierarchical);
    const hours = hoursOf(await appends(scene, account));
    const evidence = [`${account.name} has a hierarchical namespace: ${hoursInWords(hours, "appends")}`];
    return hours.length > 0 ? { answer: "yes", evidence } : notYet(saveSetting, evidence);
  },
};
