import { busy, hoursInWords } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { appends, saveSetting, withStorage } from "../traffic.ts";

/** Storage counts each request by its way of signing in. */
export const storageKey: Question = {
  name: "storage-key",
  question: "Does Defender write to storage with an account key?",
  needs: `${withStorage}, ${saveSetting}`,
  async prove(scene) {
    const [account] = scene.stack.accounts;
    if (!account) return notYet(withStorage);
    const series = busy(await appends(scene, account));
    const evidence = series.map(
      ({ of, hours }) => `${account.name}: ${hoursInWords(hours, `appends signed in by ${of}`)}`,
    );
    if (series.length === 0) return notYet(saveSetting, [`${account.name}: nothing was appended`]);
    // A key also signs a shared access signature, unless a user delegated it. The numbers do not show which.
    return { answer: series.some(({ of }) => of === "AccountKey") ? "yes" : "no", evidence };
  },
};
