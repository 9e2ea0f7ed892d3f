import { destinationKinds, streamsTo } from "./destinations.ts";
import type { Rule } from "../rule.ts";

const some: Rule = ({ destinations }) =>
  destinations?.length === 0
    ? [
        {
          key: "destinations",
          value: destinations,
          rule: "Events go somewhere: `eventHub`, `storage` or both.",
          fix: "Write `destinations: [eventHub]`, or leave the key out.",
        },
      ]
    : [];

const once: Rule = ({ destinations = [] }) =>
  destinations.flatMap((kind, index) =>
    destinations.indexOf(kind) === index
      ? []
      : [
          {
            key: `destinations[${index}]`,
            value: kind,
            rule: "Each destination is there once.",
            fix: "Remove one of the two.",
          },
        ],
  );

const consumersReadWhatIsThere: Rule = (request) =>
  (request.consumers ?? []).flatMap(({ reads }, index) => {
    const key = `consumers[${index}].reads`;
    if (reads === undefined) return [];
    if (reads.length === 0) {
      const rule = "A consumer reads at least one destination.";
      return [{ key, value: reads, rule, fix: "Name one, or leave `reads` out: then it reads all of them." }];
    }
    return destinationKinds
      .filter((kind) => reads.includes(kind) && !streamsTo(request, kind))
      .map((kind) => ({
        key,
        value: reads,
        rule: `A consumer reads where events go, and \`${kind}\` is not among the destinations.`,
        fix: `Remove \`${kind}\` from \`reads\`, or add it to the destinations.`,
      }));
  });

export const destinationRules: readonly Rule[] = [some, once, consumersReadWhatIsThere];
