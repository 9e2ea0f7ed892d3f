import { expect, test } from "vitest";
import { plan } from "../../../streaming/plan.ts";
import { mistakesWith, request } from "../requests.ts";

const integration = { acknowledgeInstallation: true, ownsSubscriptionSetting: true, restoreOnDestroy: false };
const keys = (changes: Parameters<typeof mistakesWith>[0]) => mistakesWith(changes).map(({ key }) => key);

test("the integration is on with both consents, for either product", () => {
  expect(keys({ endpointIntegration: integration })).toEqual([]);
  expect(
    keys({
      product: "endpoint",
      tables: ["DeviceInfo"],
      endpointIntegration: { ...integration, restoreOnDestroy: true },
    }),
  ).toEqual([]);
});

test("without the consents the mistake asks for both at once, with the reason and the alternative", () => {
  const without = { ...integration, acknowledgeInstallation: false, ownsSubscriptionSetting: false };
  expect(mistakesWith({ endpointIntegration: without })).toMatchObject([
    {
      key: "endpointIntegration.acknowledgeInstallation",
      rule: expect.stringMatching(/installs Defender for Endpoint on every server/) as unknown,
      fix: expect.stringMatching(/`acknowledgeInstallation: true`.*`endpointIntegration: false`/) as unknown,
    },
    {
      key: "endpointIntegration.ownsSubscriptionSetting",
      rule: expect.stringMatching(/one stack/) as unknown,
      fix: expect.stringMatching(/`ownsSubscriptionSetting: true`/) as unknown,
    },
  ]);
});

test("a test stack does not turn it on", () => {
  expect(keys({ endpointIntegration: integration, protect: false })).toEqual(["endpointIntegration"]);
  expect(keys({ endpointIntegration: false, protect: false })).toEqual([]);
});

test("a warning says what it installs", () => {
  expect(plan(request({ endpointIntegration: integration })).warnings.join()).toMatch(/on every server/);
  expect(plan(request()).warnings.join()).not.toMatch(/on every server/);
});
