import type { Rule } from "../rule.ts";

const acknowledged: Rule = ({ endpointIntegration }) => {
  if (!endpointIntegration || endpointIntegration.acknowledgeInstallation) return [];
  return [
    {
      key: "endpointIntegration.acknowledgeInstallation",
      value: endpointIntegration.acknowledgeInstallation,
      rule: "The integration installs Defender for Endpoint on every server that a Defender for Servers plan covers, now and later. You must acknowledge that.",
      fix: "Write `acknowledgeInstallation: true` if you want that. Otherwise write `endpointIntegration: false`.",
    },
  ];
};

const owned: Rule = ({ endpointIntegration }) => {
  if (!endpointIntegration || endpointIntegration.ownsSubscriptionSetting) return [];
  return [
    {
      key: "endpointIntegration.ownsSubscriptionSetting",
      value: endpointIntegration.ownsSubscriptionSetting,
      rule: "A subscription has one switch for the integration, and one stack must own it. Two stacks would undo each other's changes.",
      fix: "Write `ownsSubscriptionSetting: true` in the stack that owns it, and `endpointIntegration: false` in every other stack.",
    },
  ];
};

const notInTestStacks: Rule = ({ endpointIntegration: value, protect }) => {
  if (!value || protect !== false) return [];
  return [
    {
      key: "endpointIntegration",
      value,
      rule: "A stack with `protect: false` is a test stack, to be destroyed. What the integration installs on servers remains.",
      fix: "Write `endpointIntegration: false` here. In a production stack, leave `protect` on and list what may be deleted in `allowDataLoss`.",
    },
  ];
};

export const endpointIntegrationRules: readonly Rule[] = [acknowledged, owned, notInTestStacks];
