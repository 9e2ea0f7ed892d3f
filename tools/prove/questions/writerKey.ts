import { activities } from "../activityLog.ts";
import { at, busy, hoursOf, hoursInWords } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { incoming, saveSetting, withHubs } from "../traffic.ts";

/** Azure Monitor's diagnostic settings list the root policy's keys when they are saved; the activity log shows who does. */
export const writerKey: Question = {
  name: "writer-key",
  question: "Did somebody list the namespace's keys, as a writer with a shared access key must?",
  needs: `${withHubs}, ${saveSetting}, within 89 days`,
  async prove(scene) {
    const [namespace] = scene.stack.namespaces;
    if (!namespace) return notYet(withHubs);
    const log = await activities(scene.azure, namespace.resourceId, scene.now);
    const rules = scene.stack.namespaces.map(({ resourceId }) =>
      `${resourceId}/authorizationRules/`.toLowerCase(),
    );
    const taken = log.filter(
      ({ operation, resourceId }) =>
        /\/authorizationRules\/listKeys\/action$/i.test(operation) &&
        rules.some((rule) => resourceId.toLowerCase().startsWith(rule)),
    );
    if (taken.length > 0) {
      const lines = taken.map(
        ({ time, caller, resourceId }) =>
          `${at(time)}: ${caller} listed the keys of ${resourceId.split("/").slice(-3).join("/")}`,
      );
      return {
        answer: "yes",
        evidence: [...lines, "Whether it was for Defender shows in who did it, and when."],
      };
    }
    const series = await Promise.all(scene.stack.namespaces.map((one) => incoming(scene, one)));
    const hours = hoursOf(busy(series.flat()));
    const isNew = log.some(
      ({ operation, resourceId }) =>
        /\/namespaces\/write$/i.test(operation) &&
        resourceId.toLowerCase() === namespace.resourceId.toLowerCase(),
    );
    const evidence = [
      `nobody listed keys of ${scene.stack.namespaces.map(({ name }) => name).join(", ")}`,
      hoursInWords(hours, "messages"),
    ];
    return hours.length > 0 && isNew ? { answer: "no", evidence } : notYet(saveSetting, evidence);
  },
};
