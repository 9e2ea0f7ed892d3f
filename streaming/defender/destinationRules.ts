import { allDestinations, streamsTo } from "./destinations.ts";
import type { Rule } from "../rule.ts";

const some: Rule = ({ destinations: value }) => {
  if (value?.length !== 0) return [];
  const rule = "There must be a destination: `eventHub`, `storage` or both.";
  return [{ key: "destinations", value, rule, fix: "Write `destinations: [eventHub]`, or remove the key." }];
};

const once: Rule = ({ destinations = [] }) =>
  destinations.flatMap((value, index) => {
    if (destinations.indexOf(value) === index) return [];
    const rule = "Each destination can be in the list once.";
    return [{ key: `destinations[${index}]`, value, rule, fix: "Remove one of the two." }];
  });

const consumersReadDestinations: Rule = (request) =>
  (request.consumers ?? []).flatMap(({ reads }, index) => {
    const key = `consumers[${index}].reads`;
    if (reads === undefined) return [];
    if (reads.length === 0) {
      const rule = "A consumer reads at least one destination.";
      return [{ key, value: reads, rule, fix: "Name one, or remove `reads` to read all of them." }];
    }
    return allDestinations
      .filter((kind) => reads.includes(kind) && !streamsTo(request, kind))
      .map((kind) => ({
        key,
        value: reads,
        rule: `A consumer can only read destinations that are in use; \`${kind}\` is not among the destinations.`,
        fix: `Remove \`${kind}\` from \`reads\`, or add it to the destinations.`,
      }));
  });

export const destinationRules: readonly Rule[] = [some, once, consumersReadDestinations];
