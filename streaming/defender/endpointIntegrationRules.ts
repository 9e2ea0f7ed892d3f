import type { Rule } from "../rule.ts";

const acknowledged: Rule = ({ endpointIntegration }) =>
  endpointIntegration && !endpointIntegration.acknowledgeInstallation
    ? [
        {
          key: "endpointIntegration.acknowledgeInstallation",
          value: endpointIntegration.acknowledgeInstallation,
          rule: "The integration installs Defender for Endpoint on every server of the subscription that a Defender for Servers plan covers, now and later. That must be acknowledged.",
          fix: "Write `acknowledgeInstallation: true` when that is what you want, else `endpointIntegration: false`.",
        },
      ]
    : [];

const owned: Rule = ({ endpointIntegration }) =>
  endpointIntegration && !endpointIntegration.ownsSubscriptionSetting
    ? [
        {
          key: "endpointIntegration.ownsSubscriptionSetting",
          value: endpointIntegration.ownsSubscriptionSetting,
          rule: "A subscription has one switch for the integration, and one stack that owns it: two would undo each other's work.",
          fix: "In the one stack that shall own it write `ownsSubscriptionSetting: true`, in every other one `endpointIntegration: false`.",
        },
      ]
    : [];

const notInTestStacks: Rule = ({ endpointIntegration, protect }) =>
  endpointIntegration && protect === false
    ? [
        {
          key: "endpointIntegration",
          value: endpointIntegration,
          rule: "A stack with `protect: false` is made to go away again, and what the integration installs on servers does not.",
          fix: "Write `endpointIntegration: false` here. In the stack that stays, keep `protect` on and name in `allowDataLoss` what may be deleted.",
        },
      ]
    : [];

export const endpointIntegrationRules: readonly Rule[] = [acknowledged, owned, notInTestStacks];
