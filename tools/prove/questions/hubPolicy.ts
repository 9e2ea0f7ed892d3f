import { hoursInWords } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { hubPolicies } from "../resources.ts";
import { incoming, saveSetting } from "../traffic.ts";

const named = "a stack with layout `single` and without `hubPolicy`";

export const hubPolicy: Question = {
  name: "hub-policy",
  question: "Does a named hub need a shared access policy with Send and Listen?",
  needs: `${named}, ${saveSetting}`,
  async prove(scene) {
    const setting = scene.stack.exportSettings.find(({ hubName }) => hubName !== "");
    const namespace = scene.stack.namespaces.find(({ resourceId }) => resourceId === setting?.resourceId);
    if (!setting || !namespace) return notYet(named);
    const hub = setting.hubName;
    const policies = await hubPolicies(scene, namespace, hub);
    const series = await incoming(scene, namespace);
    const hours = series.find(({ of }) => of.toLowerCase() === hub.toLowerCase())?.hours ?? [];
    const evidence = [
      `${namespace.name}/${hub} has ${policies.length === 0 ? "no access policy" : `the access policies ${policies.join(", ")}`}`,
      `${hub}: ${hoursInWords(hours, "messages")}`,
    ];
    if (policies.length > 0) return notYet(named, evidence);
    return hours.length > 0 ? { answer: "no", evidence } : notYet(saveSetting, evidence);
  },
};
