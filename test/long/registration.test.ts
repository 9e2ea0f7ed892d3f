import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();

it("gives up on a registration that does not end within `timeoutMinutes`, and says how to go on", async () => {
  await sandbox.control("registration", { namespace: "Microsoft.Insights", never: true });
  sandbox.configure("waits", { tables: ["DeviceInfo"], protect: false, registration: { timeoutMinutes: 1 } });
  const { code, stdout, stderr } = await sandbox.run(
    "up",
    "--yes",
    "--skip-preview",
    "--non-interactive",
    "--stack",
    "waits",
  );
  expect(code).not.toBe(0);
  expect(stdout + stderr).toMatch(/Microsoft\.Insights is still 'Registering'.*after 1 minute /);
  expect(sandbox.served().some(({ method, url }) => method === "PUT" && url.includes("/namespaces/"))).toBe(
    false,
  );
});
