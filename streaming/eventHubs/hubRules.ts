import type { Mistake } from "../wording/mistakes.ts";
import { consumerGroupNameRule, defaultConsumerGroup, hubNameRule } from "./names.ts";
import type { Rule } from "../rule.ts";
import { tiers } from "./tiers.ts";
import { count } from "../wording/words.ts";

const hubNameWithSingle: Rule = ({ layout, hubName }) => {
  const at = { key: "hubName", value: hubName };
  if (layout === "single" && hubName === undefined) {
    const rule = "Layout `single` has one hub for all tables, which needs a name.";
    return [{ ...at, rule, fix: "Write `hubName: defender`, or another name." }];
  }
  if (layout === "perTable" && hubName !== undefined) {
    const rule = "With layout `perTable` each table has a hub with the name that Defender expects.";
    return [{ ...at, rule, fix: "Remove `hubName`, or write `layout: single`." }];
  }
  return [];
};

const hubNameWellFormed: Rule = ({ layout, hubName: value }) => {
  if (value === undefined || layout === "perTable" || hubNameRule.pattern.test(value)) return [];
  const { rule } = hubNameRule;
  return [{ key: "hubName", value, rule, fix: "Write such a name, for example `hubName: defender`." }];
};

const consumerGroupNames: Rule = ({ consumerGroups = [] }) =>
  consumerGroups.flatMap((name, index): Mistake[] => {
    const at = { key: `consumerGroups[${index}]`, value: name };
    if (name.toLowerCase() === defaultConsumerGroup.toLowerCase()) {
      const rule = `Every hub has ${defaultConsumerGroup} from the start.`;
      return [{ ...at, rule, fix: "Remove it." }];
    }
    if (!consumerGroupNameRule.pattern.test(name)) {
      return [{ ...at, rule: consumerGroupNameRule.rule, fix: "Write such a name, e.g. `splunk`." }];
    }
    const first = consumerGroups.findIndex((other) => other.toLowerCase() === name.toLowerCase());
    if (first === index) return [];
    const rule = "Each consumer group needs a different name. Case does not matter.";
    return [{ ...at, rule, fix: "Remove one of the two, or rename it." }];
  });

const consumerGroupCount: Rule = ({ tier, consumerGroups }) => {
  if (tier === undefined || consumerGroups === undefined) return [];
  const own = tiers[tier].consumerGroups - 1;
  if (consumerGroups.length <= own) return [];
  const at = { key: "consumerGroups", value: consumerGroups };
  if (own === 0) {
    const rule = `On ${tier} a hub has only the consumer group ${defaultConsumerGroup}.`;
    return [{ ...at, rule, fix: "Remove `consumerGroups`, or choose tier Standard." }];
  }
  return [
    {
      ...at,
      rule: `On ${tier} a hub has at most ${count(own, "consumer group")} besides ${defaultConsumerGroup}.`,
      fix: `Remove ${consumerGroups.length - own}${tier === "Standard" ? ", or choose tier Premium" : ""}.`,
    },
  ];
};

export const hubRules: readonly Rule[] = [
  hubNameWithSingle,
  hubNameWellFormed,
  consumerGroupNames,
  consumerGroupCount,
];
