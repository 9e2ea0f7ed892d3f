import { restrictedDeployer, subscriptionId, tenantId } from "defender-streaming-sandbox/tenant";
import { subscription } from "defender-streaming-sandbox/testAzure";
import { afterEach, describe, expect, it } from "vitest";
import { onlyTheseRoles } from "../../../streaming/deployer/role.ts";
import { contributor, reader, type Role } from "../../../streaming/roles/roles.ts";
import { azure, configure, grant, of, preflight, restricted, run, complaintAbout } from "./preflightRuns.ts";

const alex = {
  name: "Alex",
  objectId: "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245",
  principalType: "User",
};
const administrator = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
const small = { tables: ["DeviceInfo"], protect: false };

const given: string[] = [];
const give = async (...args: Parameters<typeof grant>) => {
  given.push(await grant(...args));
};
afterEach(async () => {
  for (const id of given.splice(0)) await azure.arm("DELETE", id);
});

describe("the command", () => {
  it("shows a table and ends with 0 if all is well", async () => {
    configure("well", { ...small, portalUsers: [alex] });
    const { code, stdout } = await run(["--stack", "well", "--defender-tenant", tenantId]);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/permissions +│ ok/);
    expect(stdout).toContain("No problem. Nothing was changed.");
  });

  it("changes nothing", async () => {
    const before = azure.log().length;
    await preflight({ ...small, destinations: ["eventHub", "storage"] });
    const asked = azure.log().slice(before) as unknown as { method: string; url: string }[];
    const changing = asked.filter(({ method, url }) => method !== "GET" && url.includes("/subscriptions/"));
    expect(changing).toEqual([]);
  });

  it("ends with 1 if there is a problem, and says below the table how to fix it", async () => {
    await give(reader.id);
    configure("poor", small);
    const { code, stdout } = await run(["--stack", "poor"], { ARM_CLIENT_ID: restrictedDeployer.appId });
    expect(code).toBe(1);
    expect(stdout).toContain(
      `\naz role assignment create --assignee-object-id ${restrictedDeployer.objectId} --assignee-principal-type ServicePrincipal --role "Contributor" --scope ${subscription}\n`.trim(),
    );
  });

  it("ends with 1 and all mistakes of the settings, as the program does", async () => {
    configure("wrong", { tier: "Gold", retentionHours: 1000, throughputUnits: 0 });
    const { code, stdout, stderr } = await run(["--stack", "wrong"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("defender-streaming:tier: Gold");
    expect(stderr).toContain("defender-streaming:throughputUnits: 0");
  });

  it("warns of settings that do nothing any more", async () => {
    const storage = { performance: "standard" };
    const findings = await preflight({ ...small, destinations: ["storage"], storage });
    expect(of("settings", findings)).toMatchObject([
      { status: "warning", what: expect.stringContaining("`storage.performance`") as string },
    ]);
  });

  it.each([
    ["no stack", [], "required option '-s, --stack <name>'"],
    ["an unknown flag", ["--stack", "well", "--jsn"], "--jsn"],
    ["a stack that does not exist", ["--stack", "nowhere"], "There is no Pulumi.nowhere.yaml"],
  ])("ends with 2 when it is used with %s", async (_, args, said) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  it.each([
    ["a wrong secret", { ARM_CLIENT_SECRET: "wrong" }, "Not signed in to Azure: AADSTS7000215"],
    ["nobody signed in", { ARM_CLIENT_SECRET: undefined }, "Not signed in to Azure"],
    ["half a sign-in", { ARM_CLIENT_ID: undefined }, "needs a client id: set ARM_CLIENT_ID"],
    ["no network", { ARM_METADATA_HOSTNAME: "127.0.0.1:9" }, "Azure cannot be reached"],
    ["a subscription of somebody else", { ARM_SUBSCRIPTION_ID: tenantId }, "could not be found"],
  ])("ends with 1 and a sentence for %s", async (_, environment, said) => {
    configure("well", small);
    const { code, stdout, stderr } = await run(["--stack", "well"], environment);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(said);
  });

  it("says what is wrong with a stack file", () => {
    expect(complaintAbout("config:\n  - a\n")).toContain("`config:` must hold settings");
    expect(complaintAbout("config: {a: [}\n")).toContain("is not valid YAML");
    expect(complaintAbout("config:\n  defender-streaming:hubName:\n    secure: v1:abc\n")).toContain(
      "defender-streaming:hubName is encrypted",
    );
  });

  it("reads a stack file as the engine does: values are text, lists and maps JSON", () => {
    const text =
      "config:\n  a:n: 5\n  a:on: true\n  a:list: [x]\n  a:t: 2027-01-31T18:00:00Z\n  a:d: 2027-02-28\n  a:none: 2027-02-31\n  tier: Basic\n";
    expect(JSON.parse(complaintAbout(text))).toEqual({
      "a:n": "5",
      "a:on": "true",
      "a:list": '["x"]',
      "a:t": "2027-01-31 18:00:00 +0000 UTC",
      "a:d": "2027-02-28 00:00:00 +0000 UTC",
      // Not in the calendar, so it stays as it is.
      "a:none": "2027-02-31",
      "defender-streaming:tier": "Basic",
    });
  });
});

describe("permissions", () => {
  const people = { ...small, portalUsers: [alex] };

  it("of a Reader are missing for everything that the stack creates", async () => {
    await give(reader.id);
    const found = of(
      "permissions",
      await preflight({ ...people, destinations: ["eventHub", "storage"] }, restricted),
    );
    expect(found.map(({ what }) => /^For (.*) the signed-in/.exec(what)?.[1])).toEqual([
      "the resource group",
      "namespaces and hubs",
      "storage accounts",
      "lifecycle of blobs",
      "role assignments",
    ]);
    expect(found.every(({ status }) => status === "problem")).toBe(true);
  });

  it("of a Contributor lack role assignments, which can be granted for just the roles that are assigned", async () => {
    await give(contributor.id);
    const [finding, ...others] = of("permissions", await preflight(people, restricted));
    expect(others).toEqual([]);
    expect(finding?.what).toContain(
      "Microsoft.Authorization/roleAssignments/write and Microsoft.Authorization/roleAssignments/delete",
    );
    expect(finding?.fix).toMatch(
      /--role "Role Based Access Control Administrator" .* --condition '.*GuidEquals \{b24988ac-6180-42a0-ab88-20f7382dd24c\}.*' --condition-version 2.0$/,
    );
  });

  it("to assign roles do not count for roles that a condition excludes", async () => {
    const limitedTo = (role: Role) => give(administrator, subscription, onlyTheseRoles([role]));
    const said = async () => of("permissions", await preflight(people, restricted)).map(({ what }) => what);
    await give(contributor.id);
    await limitedTo(reader);
    expect(await said()).toEqual([
      `For role assignments the signed-in principal may not assign Contributor at ${subscription}: the conditions on its own roles allow other roles only.`,
    ]);
    await azure.arm("DELETE", given.pop() ?? "");
    await limitedTo(contributor);
    expect(await said()).toEqual([expect.stringMatching(/^May create /) as string]);
  });

  it("to assign roles count for those of each list in a condition", async () => {
    await give(contributor.id);
    const [one, other] = [reader, contributor].map((role) => `(${onlyTheseRoles([role])})`);
    await give(administrator, subscription, `${one ?? ""} OR ${other ?? ""}`);
    expect(of("permissions", await preflight(people, restricted))).toMatchObject([{ status: "ok" }]);
  });

  it("for role assignments are not needed if others assign the roles, or if there are none", async () => {
    await give(contributor.id);
    for (const settings of [{ ...people, roles: "expect" }, small]) {
      expect(of("permissions", await preflight(settings, restricted))).toMatchObject([{ status: "ok" }]);
    }
  });

  it("on a subnet are asked for at the subnet, which must exist", async () => {
    await give(contributor.id);
    const subnet = `${await azure.group()}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`;
    const settings = { ...small, destinations: ["storage"], storage: { virtualNetworkRules: [subnet] } };
    expect(of("permissions", await preflight(settings, restricted))).toMatchObject([
      { status: "problem", what: `For subnets that the firewalls let in: ${subnet} does not exist.` },
    ]);
  });
});

describe("a principal without any role", () => {
  it("gets a problem that says so, and what cannot be asked is unknown", async () => {
    const found = await preflight(small, restricted);
    expect(of("sign-in", found)).toMatchObject([{ status: "problem" }]);
    expect(of("permissions", found)).toMatchObject([{ status: "unknown" }]);
    // Random digits are free, whoever asks.
    expect(found.filter(({ status }) => status === "ok").map(({ check }) => check)).toEqual(["names"]);
  });
});

describe("providers", () => {
  it("that are not registered are a problem for anyone who may not register them", async () => {
    await give(reader.id);
    for (const namespace of ["Microsoft.Insights", "Microsoft.EventHub"])
      await azure.control("POST", "registration", { namespace, state: "NotRegistered" });
    const found = of("providers", await preflight(small, restricted));
    expect(found.map(({ fix }) => fix)).toEqual([
      `az provider register --namespace Microsoft.Insights --subscription ${subscriptionId}`,
      `az provider register --namespace Microsoft.EventHub --subscription ${subscriptionId}`,
    ]);
  });

  it("that are registered need no permission", async () => {
    await give(reader.id);
    for (const namespace of ["Microsoft.Insights", "Microsoft.EventHub"])
      await azure.control("POST", "registration", { namespace, state: "Registered" });
    expect(of("providers", await preflight(small, restricted))).toMatchObject([{ status: "ok" }]);
  });

  it("that do not exist are a problem", async () => {
    const found = of(
      "providers",
      await preflight({ ...small, registration: { providers: ["Microsoft.Nonsense"] } }),
    );
    expect(found).toMatchObject([
      { status: "problem", what: "Azure has no resource provider Microsoft.Nonsense." },
    ]);
  });
});

describe("the tenant", () => {
  it("is unknown without `--defender-tenant`, and a problem if Defender runs in another one", async () => {
    expect(of("tenant", await preflight(small))).toMatchObject([{ status: "unknown" }]);
    const other = of("tenant", await preflight(small, { defenderTenant: subscriptionId }));
    expect(other).toMatchObject([{ status: "problem" }]);
  });
});

describe("the region and its room", () => {
  it("is a problem when the subscription does not have it", async () => {
    const found = await preflight({ ...small, "azure-native:location": "westus9" });
    expect(of("region", found)).toMatchObject([
      { status: "problem", what: expect.stringContaining("westus9") as string },
    ]);
  });

  it("counts what exists", async () => {
    const taken = async () =>
      Number(/\((\d+) of 1000 are taken\)/.exec(of("quotas", await preflight(small))[0]?.what ?? "")?.[1]);
    await azure.control("POST", "registration", { namespace: "Microsoft.EventHub", state: "Registered" });
    const before = await taken();
    await azure.namespace("counted");
    expect(await taken()).toBe(before + 1);
  });
});

describe("names", () => {
  const fixed = (name: string) => {
    const resources = { "azure-native:eventhub:Namespace": { pattern: name } };
    return { ...small, "pulumi:autonaming": { providers: { "azure-native": { resources } } } };
  };
  const found = async (settings: Record<string, unknown>) => of("names", await preflight(settings));

  it("with random digits are free", async () => {
    expect(await found(small)).toMatchObject([{ status: "ok" }]);
  });

  it("that are fixed are checked", async () => {
    await azure.control("POST", "registration", { namespace: "Microsoft.EventHub", state: "Registered" });
    expect(await found(fixed("events-${stack}"))).toMatchObject([
      { status: "ok", what: "Free: events-checked." },
    ]);
    expect(await found(fixed("microsoft-defender"))).toMatchObject([
      { status: "problem", fix: expect.stringContaining("${name}-${hex(8)}") as string },
    ]);
    expect(await found(fixed("events_${stack}"))).toMatchObject([{ status: "problem" }]);
  });

  it("that are taken in the stack's group may be the stack's", async () => {
    await azure.namespace("had-by-others");
    expect(await found(fixed("had-by-others"))).toMatchObject([{ status: "problem" }]);
    const group = `${await azure.group("defender12ab34cd")}/providers/Microsoft.EventHub/namespaces/had-by-us`;
    await azure.arm("PUT", group, { location: "westus", sku: { name: "Standard" } });
    expect(await found(fixed("had-by-us"))).toMatchObject([{ status: "warning" }]);
  });

  it("are unknown until the provider is registered", async () => {
    await azure.control("POST", "registration", { namespace: "Microsoft.EventHub", state: "NotRegistered" });
    expect(await found(fixed("events-of-ours"))).toMatchObject([{ status: "unknown" }]);
  });
});

describe("the directory", () => {
  const byName = {
    ...small,
    portalUsers: [{ name: "Alex", userPrincipalName: "alex.wilber@contoso.onmicrosoft.com" }],
  };

  it("is asked about only where the settings need it", async () => {
    expect(of("directory", await preflight(small))).toEqual([]);
    expect(of("directory", await preflight(byName))).toMatchObject([{ status: "ok" }]);
  });

  it("names the application permission that is missing, and the command that grants it", async () => {
    await give(contributor.id);
    expect(of("directory", await preflight(byName, restricted))).toMatchObject([
      {
        status: "problem",
        what: "The application lacks the application permission User.ReadBasic.All of Microsoft Graph.",
        fix: expect.stringContaining("97235f07-e226-4f63-ace3-39588e11d3a1=Role") as string,
      },
    ]);
  });
});

describe("locks", () => {
  it("are more than a Contributor may create", async () => {
    await give(contributor.id);
    expect(of("permissions", await preflight({ ...small, lock: true }, restricted))).toMatchObject([
      { status: "problem", fix: expect.stringContaining('--role "User Access Administrator"') as string },
    ]);
  });
});
