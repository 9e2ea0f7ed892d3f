import { beforeAll, describe, expect, it } from "vitest";
import { testSandbox } from "./testSandbox.ts";

interface RuleSet {
  properties: { defaultAction: string; publicNetworkAccess: string; trustedServiceAccessEnabled: boolean };
}

const sandbox = await testSandbox();
const stack = "busy";
const settings = (changes: Record<string, unknown> = {}) => {
  sandbox.configure(stack, {
    tables: ["DeviceInfo"],
    autoInflate: { maximumThroughputUnits: 20 },
    ...changes,
  });
};
const namespace = async () => (await sandbox.outputs(stack)).namespaces[0];

describe("a namespace that auto-inflate raised to 12 units", () => {
  beforeAll(async () => {
    settings();
    await sandbox.up(stack);
    await sandbox.control("load", { namespace: (await namespace())?.name, throughputUnits: 12 });
  });

  it("still has them after a change of tags, and the deployment says how to lower them", async () => {
    settings({ tags: { team: "soc" } });
    const said = await sandbox.up(stack);
    expect(await namespace()).toMatchObject({ throughputUnits: 12 });
    expect(said).toMatch(/az eventhubs namespace update .*--capacity 1/);
  });

  it("still has them when the deployment did not refresh", async () => {
    settings({ tags: { team: "blue" } });
    await sandbox.up(stack, "--refresh=false");
    expect(await namespace()).toMatchObject({ throughputUnits: 12 });
  });

  it("is not drift", async () => {
    await sandbox.ok("refresh", "--yes", "--expect-no-changes", "--non-interactive", "--stack", stack);
  });

  it("still has them when auto-inflate is turned off, with the ceiling 0", async () => {
    settings({ autoInflate: false, tags: { team: "blue" } });
    await sandbox.up(stack);
    expect(await namespace()).toMatchObject({ throughputUnits: 12, maximumThroughputUnits: 0 });
  });

  it("is raised by a larger number", async () => {
    settings({ throughputUnits: 14, autoInflate: false, tags: { team: "blue" } });
    await sandbox.up(stack);
    expect(await namespace()).toMatchObject({ throughputUnits: 14 });
  });

  it("stays reachable for Defender when its rule set is taken out of the stack", async () => {
    const urns = JSON.parse(await sandbox.ok("stack", "export", "--stack", stack)) as {
      deployment: { resources: { urn: string; type: string }[] };
    };
    const ruleSet =
      urns.deployment.resources.find(({ type }) => type.endsWith(":NamespaceNetworkRuleSet"))?.urn ?? "";
    const changes = await sandbox.changes(() =>
      sandbox.ok("destroy", "--yes", "--non-interactive", "--target", ruleSet, "--stack", stack),
    );
    expect(changes).toEqual([]);
    const { properties } = await sandbox.arm<RuleSet>(
      "GET",
      `${(await namespace())?.resourceId ?? ""}/networkRuleSets/default`,
    );
    expect(properties).toMatchObject({
      defaultAction: "Allow",
      publicNetworkAccess: "Enabled",
      trustedServiceAccessEnabled: true,
    });
  });

  it("changes to Basic in place once its hubs fit, and back; the rule set that leaves the program stays as it is", async () => {
    settings({ throughputUnits: 14, tier: "Basic", autoInflate: false });
    const { said } = await sandbox.refused("preview", "--non-interactive", "--stack", stack);
    expect(said).toContain("retentionHours: 24");
    const before = await namespace();
    const changes = await sandbox.changes(async () => {
      for (const tier of ["Standard", "Basic"]) {
        settings({ throughputUnits: 14, tier, retentionHours: 24, autoInflate: false });
        await sandbox.up(stack);
      }
    });
    // The first of the two makes the rule set again that was taken out above; the second must not touch it.
    expect(changes.filter((change) => change.includes("networkRuleSets"))).toEqual([
      "PUT networkRuleSets/default",
    ]);
    const { properties } = await sandbox.arm<{ properties: object }>("GET", before?.resourceId ?? "");
    expect(properties).toMatchObject({ publicNetworkAccess: "Enabled" });
    settings({ throughputUnits: 14, retentionHours: 24, autoInflate: false });
    await sandbox.up(stack);
    expect(await namespace()).toEqual(before);
  });
});
