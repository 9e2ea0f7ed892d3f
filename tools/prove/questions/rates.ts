import { busy, hoursOf, sum } from "../metrics.ts";
import { notYet, type Question } from "../question.ts";
import { incoming, saveSetting, withHubs } from "../traffic.ts";

const megabyte = 1024 * 1024;

/** Bytes and messages of each hub calibrate the estimates of what a tenant streams; Defender puts many events into one message. */
export const rates: Question = {
  name: "rates",
  question: "Are the units enough for what Defender sends?",
  needs: `${withHubs}, ${saveSetting}; better a week of it`,
  async prove(scene) {
    const evidence: string[] = [];
    let messagesOfAll = 0;
    let throttledOfAll = 0;
    for (const namespace of scene.stack.namespaces) {
      const messages = busy(await incoming(scene, namespace));
      const bytes = await incoming(scene, namespace, "IncomingBytes");
      const throttled = sum(hoursOf(await incoming(scene, namespace, "ThrottledRequests")));
      messagesOfAll += sum(hoursOf(messages));
      throttledOfAll += throttled;
      const peak = Math.max(0, ...perHour(hoursOf(bytes)));
      evidence.push(
        `${namespace.name}: ${namespace.throughputUnits} units, peak hour ${(peak / 3600 / megabyte).toFixed(3)} MB/s, ${throttled} requests throttled`,
      );
      for (const { of, hours } of messages) {
        const size = sum(bytes.find((one) => one.of === of)?.hours ?? []);
        evidence.push(
          `${of}: ${sum(hours).toLocaleString("en-US")} messages, ${size.toLocaleString("en-US")} bytes, ${Math.round(size / sum(hours)).toLocaleString("en-US")} bytes a message`,
        );
      }
    }
    if (messagesOfAll === 0) return notYet(saveSetting, evidence);
    return { answer: throttledOfAll === 0 ? "yes" : "no", evidence };
  },
};

/** All hubs together, hour by hour. */
function perHour(hours: readonly { readonly start: Date; readonly total: number }[]): number[] {
  const totals = new Map<number, number>();
  for (const { start, total } of hours)
    totals.set(start.getTime(), (totals.get(start.getTime()) ?? 0) + total);
  return [...totals.values()];
}
