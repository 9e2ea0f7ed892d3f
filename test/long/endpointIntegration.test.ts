import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { subscriptionId } from "defender-streaming-sandbox/tenant";
import { testSandbox } from "../engine/testSandbox.ts";

const planted = { ARM_CLIENT_SECRET: "planted-arm-secret", AZURE_CLIENT_SECRET: "planted-azure-secret" };
const sandbox = await testSandbox({ ...process.env, ...planted });
const stack = "owner";
const provider = `/subscriptions/${subscriptionId}/providers/Microsoft.Security`;
const wdatp = `${provider}/settings/WDATP`;
const version = "2022-05-01";

/** Deletable, although a stack that owns the switch is protected. */
const configure = (restoreOnDestroy: boolean) => {
  sandbox.configure(stack, {
    tables: ["DeviceInfo"],
    allowDataLoss: ["ns1"],
    endpointIntegration: {
      acknowledgeInstallation: true,
      ownsSubscriptionSetting: true,
      restoreOnDestroy,
    },
  });
};
const isOn = async () =>
  (await sandbox.arm<{ properties: { enabled: boolean } }>("GET", wdatp, version)).properties.enabled;
const setByHand = (enabled: boolean) =>
  sandbox.arm("PUT", wdatp, version, { kind: "DataExportSettings", properties: { enabled } });
const switched = async (work: () => Promise<unknown>) =>
  (await sandbox.changes(work)).filter((change) => change.endsWith("settings/WDATP"));
const destroy = () => sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);
const failingUp = async () => {
  const { code, stdout, stderr } = await sandbox.run(
    "up",
    "--yes",
    "--skip-preview",
    "--non-interactive",
    "--stack",
    stack,
  );
  expect(code).not.toBe(0);
  return (stdout + stderr).replaceAll(/\s+/g, " ");
};

it("is refused without a Defender for Servers plan, with the command that buys one, and changes nothing", async () => {
  configure(false);
  let said = "";
  expect(await switched(async () => (said = await failingUp()))).toEqual([]);
  expect(said).toMatch(/no Defender for Servers plan.*az security pricing create --name VirtualMachines/);
});

it("says which permission is missing when Azure refuses the change", async () => {
  await sandbox.arm("PUT", `${provider}/pricings/VirtualMachines`, "2024-01-01", {
    properties: { pricingTier: "Standard", subPlan: "P1" },
  });
  await sandbox.control("faults", {
    method: "PUT",
    pathPattern: "/settings/WDATP$",
    answer: {
      status: 403,
      code: "AuthorizationFailed",
      message:
        "The client does not have authorization to perform action 'Microsoft.Security/settings/write'.",
    },
  });
  expect(await failingUp()).toMatch(/may not do Microsoft\.Security\/settings\/write.*Security Admin/);
  expect(await isOn()).toBe(false);
});

it("is turned on once, and a second deployment changes nothing", async () => {
  expect(await switched(() => sandbox.up(stack))).toEqual(["PUT settings/WDATP"]);
  expect(await isOn()).toBe(true);
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
});

it("is turned on again after somebody has turned it off", async () => {
  await setByHand(false);
  const refresh = ["refresh", "--yes", "--non-interactive", "--stack", stack];
  expect((await sandbox.run(...refresh, "--expect-no-changes")).code).not.toBe(0);
  expect(await sandbox.preview(stack)).toEqual(["update EndpointIntegration defender-endpoint-integration"]);
  expect(await sandbox.changes(() => sandbox.up(stack))).toEqual(["PUT settings/WDATP"]);
  expect(await isOn()).toBe(true);
});

it("keeps no secret in its state", () => {
  const folder = join(sandbox.directory, "state");
  const states = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  expect(states.some((text) => text.includes("EndpointIntegration"))).toBe(true);
  for (const secret of [...Object.values(planted), "sandbox-only-not-a-secret"])
    expect(states.some((text) => text.includes(secret))).toBe(false);
});

it("stays on when the stack is destroyed", async () => {
  expect(await switched(destroy)).toEqual([]);
  expect(await isOn()).toBe(true);
});

it("does nothing if it is on already, and leaves it on although it had to restore the former state", async () => {
  configure(true);
  expect(await switched(() => sandbox.up(stack))).toEqual([]);
  expect(await switched(destroy)).toEqual([]);
  expect(await isOn()).toBe(true);
});

it("is turned off again if it was off before and the settings ask for that", async () => {
  await setByHand(false);
  expect(await switched(() => sandbox.up(stack))).toEqual(["PUT settings/WDATP"]);
  expect(await switched(destroy)).toEqual(["PUT settings/WDATP"]);
  expect(await isOn()).toBe(false);
});
