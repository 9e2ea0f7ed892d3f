import { hoursOf, hoursInWords } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { containersOf } from "../resources.ts";
import { appends, saveSetting } from "../traffic.ts";

const beforehand = "a stack with the destination `storage` and `containers: true`";

export const ownContainers: Question = {
  name: "own-containers",
  question: "Does Defender create its own containers beside the existing ones?",
  needs: `${beforehand}, ${saveSetting}`,
  async prove(scene) {
    const [account] = scene.stack.accounts;
    if (!account) return notYet(beforehand);
    const all = await containersOf(scene, account);
    const others = all.filter(
      (name) => name.startsWith("insights-logs-") && !account.containers.includes(name),
    );
    const hours = hoursOf(await appends(scene, account));
    const evidence = [
      ...others.map((name) => `${account.name}/${name}: not one of the stack's tables`),
      `${account.name}: ${all.length} containers, ${hoursInWords(hours, "appends")}`,
    ];
    if (others.length > 0) return { answer: "yes", evidence };
    return hours.length > 0 ? { answer: "no", evidence } : notYet(saveSetting, evidence);
  },
};
