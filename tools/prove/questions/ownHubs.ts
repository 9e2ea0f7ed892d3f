import { count } from "../../../streaming/wording/words.ts";
import { busy, hoursOf, hoursInWords } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { hubsOf } from "../resources.ts";
import { incoming, saveSetting, withHubs } from "../traffic.ts";

export const ownHubs: Question = {
  name: "own-hubs",
  question: "Does Defender create its own hubs beside the existing ones?",
  needs: `${withHubs}, ${saveSetting}`,
  async prove(scene) {
    const own: string[] = [];
    const seen: string[] = [];
    let isBusy = false;
    for (const namespace of scene.stack.namespaces) {
      const hours = hoursOf(busy(await incoming(scene, namespace)));
      isBusy ||= hours.length > 0;
      seen.push(
        `${namespace.name}: ${count(namespace.hubs.length, "hub")} of the stack, ${hoursInWords(hours, "messages")}`,
      );
      for (const hub of await hubsOf(scene, namespace)) {
        if (namespace.hubs.includes(hub.name)) continue;
        const { partitionCount, hours } = hub;
        own.push(
          `${namespace.name}/${hub.name}: not the stack's; ${partitionCount} partitions, events kept for ${hours} hours`,
        );
      }
    }
    if (own.length > 0) return { answer: "yes", evidence: [...own, ...seen] };
    return isBusy ? { answer: "no", evidence: seen } : notYet(saveSetting, seen);
  },
};
