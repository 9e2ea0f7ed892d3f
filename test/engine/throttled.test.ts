import { expect, it } from "vitest";
import { testSandbox } from "./testSandbox.ts";

const sandbox = await testSandbox();
const stack = "throttled";

it("a throttle of minutes ends the deployment at once with Azure's answer, and a second one completes it", async () => {
  sandbox.configure(stack, { tables: ["DeviceInfo"] });
  await sandbox.control("faults", { method: "PUT", pathPattern: "/eventhubs/[^/]+$", throttle: 300 });
  const up = ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", stack];
  const { said } = await sandbox.refused(...up);
  expect(said).toContain('Status=429 Code="TooManyRequests"');
  await sandbox.up(stack);
  await sandbox.up(stack, "--expect-no-changes");
}, 120_000);
