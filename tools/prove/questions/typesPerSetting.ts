import { busy, hoursInWords } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { incoming, saveSetting } from "../traffic.ts";

const most = 10;
const wide = `a stack outside of Dedicated, with layout \`perTable\` and an export setting of more than ${most} event types (\`maxEventTypesPerSetting\`)`;

/** A hub for each table shows which tables arrive. What arrives in one shared hub shows in its records alone, and those prove does not read. */
export const typesPerSetting: Question = {
  name: "types-per-setting",
  question: `Does the limit of ${most} event types per export setting hold for Event Hubs, on Premium too?`,
  needs: `${wide}, ${saveSetting}`,
  async prove(scene) {
    const settings = scene.stack.exportSettings.filter(
      ({ destination, eventTypes, hubName }) =>
        destination === "eventHub" && hubName === "" && eventTypes.length > most,
    );
    const evidence: string[] = [];
    for (const { name, resourceId, eventTypes } of settings) {
      const namespace = scene.stack.namespaces.find((one) => one.resourceId === resourceId);
      if (!namespace || namespace.tier === "Dedicated") continue;
      const hubs = busy(await incoming(scene, namespace));
      evidence.push(
        `${name} (${namespace.tier}) names ${eventTypes.length} event types, and ${hubs.length} hubs of ${namespace.name} got messages`,
        ...hubs.map(({ of, hours }) => `${of}: ${hoursInWords(hours, "messages")}`),
      );
      if (hubs.length > most) return { answer: "no", evidence };
    }
    return notYet(
      settings.length === 0 ? wide : `${saveSetting} on more than ${most} of its tables`,
      evidence,
    );
  },
};
