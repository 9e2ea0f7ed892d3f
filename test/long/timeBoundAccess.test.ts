import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { portalUserAlex, portalUserMegan, securityGroup } from "defender-streaming-sandbox/tenant";
import { testSandbox } from "../engine/testSandbox.ts";
import { isPimRequest } from "defender-streaming-sandbox/pimRequest";

const planted = { ARM_CLIENT_SECRET: "planted-arm-secret", AZURE_CLIENT_SECRET: "planted-azure-secret" };
const sandbox = await testSandbox({ ...process.env, ...planted });
const stack = "pim";
const until = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
const [inOneMonth, inTwoMonths] = [until(30), until(60)];

const alex = { name: "Alex", objectId: portalUserAlex.objectId, principalType: "User" };
const megan = { name: "Megan", objectId: portalUserMegan.objectId, principalType: "User" };
const soc = { name: "SOC", objectId: securityGroup.objectId, principalType: "Group" };
const configure = (portalUsers: object[], settings: object = {}) => {
  sandbox.configure(stack, { tables: ["DeviceInfo"], protect: false, portalUsers, ...settings });
};
const people = (end: string) => [{ ...alex, access: { until: end } }, { ...megan, access: "eligible" }, soc];
const refresh = ["refresh", "--yes", "--non-interactive", "--stack", stack];

let namespace = "";
const listed = async (type: string, apiVersion = "2020-10-01") => {
  const { value } = await sandbox.arm<{
    value: { properties: { principalId: string; scope: string; endDateTime?: string } }[];
  }>("GET", `${namespace}/providers/Microsoft.Authorization/${type}`, apiVersion);
  return value.map(({ properties }) => properties).filter(({ scope }) => scope === namespace);
};
const who = async (type: string, apiVersion?: string) =>
  (await listed(type, apiVersion)).map(({ principalId }) => principalId).sort();
const asked = (changes: string[]) =>
  changes.map((change) => change.replace(/\/[0-9a-f-]{36}$/, "").replace("ScheduleRequests", ""));

beforeAll(() => {
  configure(people(inOneMonth));
});

it("gives each portal user the access in the settings", async () => {
  await sandbox.up(stack);
  const outputs = await sandbox.outputs(stack);
  namespace = outputs.namespaces[0]?.resourceId ?? "";
  expect(outputs.requiredRoleAssignments.map(({ access }) => access)).toEqual([
    { until: inOneMonth },
    "eligible",
    undefined,
  ]);
  expect(await who("roleAssignments", "2022-04-01")).toEqual([alex.objectId, soc.objectId].sort());
  expect(await listed("roleAssignmentSchedules")).toMatchObject([
    { principalId: alex.objectId, endDateTime: inOneMonth },
  ]);
  expect(await who("roleEligibilitySchedules")).toEqual([megan.objectId]);
});

it("sends PIM what Microsoft specifies", () => {
  const bodies = (kind: string) =>
    sandbox
      .served()
      .filter(({ method, url }) => method === "PUT" && url.includes(`role${kind}ScheduleRequests`))
      .map(({ requestBody }) => requestBody);
  expect(bodies("Assignment").map((body) => isPimRequest("Assignment", body))).toEqual([true]);
  expect(bodies("Eligibility").map((body) => isPimRequest("Eligibility", body))).toEqual([true]);
});

it("changes nothing the second time", async () => {
  expect(await sandbox.changes(() => sandbox.up(stack, "--expect-no-changes"))).toEqual([]);
  await sandbox.ok(...refresh, "--expect-no-changes");
});

it("keeps no secret in its state", () => {
  const folder = join(sandbox.directory, "state");
  const states = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  expect(states.some((text) => text.includes("TimeBoundAssignment"))).toBe(true);
  for (const secret of [...Object.values(planted), "sandbox-only-not-a-secret"])
    expect(states.some((text) => text.includes(secret))).toBe(false);
});

it("moves the end by one request, without a gap in access", async () => {
  configure(people(inTwoMonths));
  expect(await sandbox.preview(stack)).toEqual([
    `update TimeBoundAssignment defender-ns1-contributor-${alex.objectId}`,
  ]);
  expect(asked(await sandbox.changes(() => sandbox.up(stack)))).toEqual(["PUT roleAssignment"]);
  expect(await listed("roleAssignmentSchedules")).toMatchObject([{ endDateTime: inTwoMonths }]);
});

it("notices that access has ended, and gives it again only for an end in the future", async () => {
  await sandbox.control("expire", { principalId: alex.objectId });
  expect((await sandbox.run(...refresh, "--expect-no-changes")).code).not.toBe(0);
  await sandbox.ok(...refresh);
  expect(await sandbox.preview(stack)).toEqual([
    `create TimeBoundAssignment defender-ns1-contributor-${alex.objectId}`,
  ]);
  configure(people(until(-1)));
  const { said, changes } = await sandbox.refused("up", "--yes", "--skip-preview", "--stack", stack);
  expect(said).toMatch(/portalUsers\[0\]\.access\.until.*remove the entry/s);
  expect(changes).toEqual([]);
});

it("is fixed by removing the entry", async () => {
  configure([{ ...megan, access: "eligible" }, soc]);
  await sandbox.up(stack);
  expect(await listed("roleAssignmentSchedules")).toEqual([]);
  configure(people(inTwoMonths));
  expect(asked(await sandbox.changes(() => sandbox.up(stack)))).toEqual(["PUT roleAssignment"]);
});

it("renews an eligibility that has ended", async () => {
  await sandbox.control("expire", { principalId: megan.objectId });
  expect(asked(await sandbox.changes(() => sandbox.up(stack, "--refresh")))).toEqual(["PUT roleEligibility"]);
  expect(await who("roleEligibilitySchedules")).toEqual([megan.objectId]);
});

it("makes permanent access time-bound in two steps, and says so before anything is changed", async () => {
  const bound = [...people(inTwoMonths).slice(0, 2), { ...soc, access: { until: inOneMonth } }];
  configure(bound);
  const { said, changes } = await sandbox.refused("up", "--yes", "--skip-preview", "--stack", stack);
  expect(said).toMatch(/portalUsers\[2\]\.access.*this stack already has a permanent assignment/s);
  expect(changes).toEqual([]);
  configure(bound.slice(0, 2));
  await sandbox.up(stack);
  configure(bound);
  await sandbox.up(stack);
  expect(await who("roleAssignmentSchedules")).toEqual([alex.objectId, soc.objectId].sort());
});

it("says what PIM refuses, and how to fix it", async () => {
  configure([{ ...megan, access: { until: until(300) } }]);
  const refusal = async () =>
    (await sandbox.refused("up", "--yes", "--skip-preview", "--stack", stack)).said.replaceAll(/\s+/g, " ");
  expect(await refusal()).toMatch(/ends more than 180 days from now.*ExpirationRule.*write an earlier one/);
  await sandbox.control("faults", {
    method: "PUT",
    pathPattern: "/roleAssignmentScheduleRequests/",
    answer: {
      status: 400,
      code: "AadPremiumLicenseRequired",
      message: "The tenant needs an AAD Premium 2 license.",
    },
  });
  expect(await refusal()).toMatch(/no license for Privileged Identity Management.*Entra ID P2/);
});

it("lists what is expected, with the kind of access, and requests nothing from PIM", async () => {
  configure(people(inOneMonth), { roles: "expect" });
  await sandbox.up(stack);
  const { requiredRoleAssignments } = await sandbox.outputs(stack);
  expect(requiredRoleAssignments.map(({ access }) => access)).toEqual([
    { until: inOneMonth },
    "eligible",
    undefined,
  ]);
  expect(await who("roleAssignments", "2022-04-01")).toEqual([]);
  expect(await who("roleEligibilitySchedules")).toEqual([]);
});

it("says that an end needs quotes, and what to write", async () => {
  configure([]);
  // The engine drops zeros at the end of a fraction.
  const end = inOneMonth.replace(/\.\d+Z$/, "Z");
  const file = join(sandbox.stackFiles, `Pulumi.${stack}.yaml`);
  const entry = `{ name: Alex, objectId: ${alex.objectId}, principalType: User, access: { until: ${end} } }`;
  writeFileSync(file, readFileSync(file, "utf8").replace("[]", `[${entry}]`));
  const { said, changes } = await sandbox.refused("up", "--yes", "--skip-preview", "--stack", stack);
  expect(said).toContain(`Write \`until: "${end}"\``);
  expect(changes).toEqual([]);
});

it("leaves nothing when it is destroyed", async () => {
  await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", stack);
  expect(await sandbox.resources()).toEqual([]);
});
