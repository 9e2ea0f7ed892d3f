import { expect, it } from "vitest";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const stack = "government";
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};
const settings = {
  "azure-native:location": "usgovvirginia",
  product: "endpoint",
  tables: ["DeviceInfo"],
  consumers: [siem],
  protect: false,
};

it("refuses a region of another cloud before anything is touched", async () => {
  sandbox.configure(stack, settings);
  const changes = await sandbox.changes(async () => {
    const { code, stdout, stderr } = await sandbox.run("up", "--yes", "--non-interactive", "--stack", stack);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(
      /usgovvirginia is not in this cloud[\s\S]*defender-streaming:cloud: gccHigh/,
    );
  });
  expect(changes).toEqual([]);
});

it("deploys to a government region, and outputs that cloud's host names and portal", async () => {
  sandbox.configure(stack, { ...settings, cloud: "gccHigh" });
  await sandbox.up(stack);
  const { portal, namespaces, consumers } = await sandbox.outputs(stack);
  expect(portal).toMatchObject({ page: "Data export settings" });
  expect(portal.url).toMatch(/^https:\/\/security\.microsoft\.us\//);
  expect(namespaces[0]?.fullyQualifiedNamespace).toMatch(/^defender-ns1.*\.servicebus\.usgovcloudapi\.net$/);
  expect(consumers[0]?.kafkaBootstrapServer).toMatch(/\.servicebus\.usgovcloudapi\.net:9093$/);
});

it("changes nothing the second time, and sees the units that auto-inflate has raised since", async () => {
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  const [before] = (await sandbox.outputs(stack)).namespaces;
  const namespace = before?.fullyQualifiedNamespace.split(".")[0];
  await sandbox.control("load", { namespace, throughputUnits: 5 });
  const said = await sandbox.ok("preview", "--non-interactive", "--stack", stack);
  expect(said.replaceAll(/\s+/g, " ")).toMatch(/has 5 units, but the settings ask for 1/);
});

it("moves to DoD's portal without touching Azure", async () => {
  sandbox.configure(stack, { ...settings, cloud: "dod" });
  expect(await sandbox.changes(() => sandbox.up(stack))).toEqual([]);
  expect((await sandbox.outputs(stack)).portal.url).toMatch(/^https:\/\/security\.apps\.mil\//);
});

it("is destroyed and leaves nothing", async () => {
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);
  expect(await sandbox.resources()).toEqual([]);
});
