import type { Mistake } from "../wording/mistakes.ts";
import { consumerGroupNameRule, defaultConsumerGroup, hubNameRule } from "./names.ts";
import type { Rule } from "../rule.ts";
import { tiers } from "./tiers.ts";
import { count } from "../wording/words.ts";

const hubNameWithSingle: Rule = ({ layout, hubName }) => {
  const at = { key: "hubName", value: hubName };
  if (layout === "single" && hubName === undefined) {
    const rule = "Layout `single` puts all tables into one hub, which needs a name.";
    return [{ ...at, rule, fix: "Write `hubName: defender`, or another name of yours." }];
  }
  if (layout === "perTable" && hubName !== undefined) {
    const rule = "Layout `perTable` gives each table a hub under the name that Defender looks for.";
    return [{ ...at, rule, fix: "Remove `hubName`, or write `layout: single`." }];
  }
  return [];
};

const hubNameWellFormed: Rule = ({ layout, hubName }) =>
  hubName === undefined || layout === "perTable" || hubNameRule.pattern.test(hubName)
    ? []
    : [
        {
          key: "hubName",
          value: hubName,
          rule: hubNameRule.rule,
          fix: "Write such a name, e.g. `hubName: defender`.",
        },
      ];

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
    const rule = "Consumer groups have different names; letter case is ignored.";
    return [{ ...at, rule, fix: "Remove one of the two, or rename it." }];
  });

const consumerGroupCount: Rule = ({ tier, consumerGroups }) => {
  if (tier === undefined || consumerGroups === undefined) return [];
  const own = tiers[tier].consumerGroups - 1;
  if (consumerGroups.length <= own) return [];
  const at = { key: "consumerGroups", value: consumerGroups };
  if (own === 0) {
    const rule = `On ${tier} a hub has ${defaultConsumerGroup} and no other consumer group.`;
    return [{ ...at, rule, fix: "Remove `consumerGroups`, or choose tier Standard." }];
  }
  return [
    {
      ...at,
      rule: `On ${tier} a hub has at most ${count(own, "consumer group")} beside ${defaultConsumerGroup}.`,
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
