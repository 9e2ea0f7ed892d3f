import { afterEach, describe, expect, it } from "vitest";
import { subscription } from "defender-streaming-sandbox/testAzure";
import { azure, of, preflight } from "./preflightRuns.ts";

const authorization = `${subscription}/providers/Microsoft.Authorization`;
const builtIn = (name: string) => `/providers/Microsoft.Authorization/policyDefinitions/${name}`;
const noLocalAuth = builtIn("57f35901-8389-40bb-ac49-3ba4f86d889d");
const noPublicAccess = builtIn("a06d0189-92e8-4dba-b0c4-08d7669fce7d");
const small = { tables: ["DeviceInfo"], protect: false, destinations: ["eventHub", "storage"] };

const created: string[] = [];
afterEach(async () => {
  for (const id of created.splice(0).reverse()) await azure.arm("DELETE", id, undefined, versionOf(id));
});

const versionOf = (id: string) => (id.includes("/policyExemptions/") ? "2022-07-01-preview" : "2023-04-01");

async function create(type: string, name: string, properties: object): Promise<string> {
  const id = `${authorization}/${type}/${name}`;
  const { status, body } = await azure.arm("PUT", id, { properties }, versionOf(id));
  if (status > 201) throw new Error(JSON.stringify(body));
  created.push(id);
  return id;
}

const assign = (displayName: string, policyDefinitionId: string, more: object = {}) =>
  create("policyAssignments", displayName.replaceAll(" ", "-"), { displayName, policyDefinitionId, ...more });

const found = async (changes: Record<string, unknown> = {}) =>
  of("policies", await preflight({ ...small, ...changes }));

const policy = (name: string, mode: string, condition: object, then: object) =>
  create("policyDefinitions", name, { displayName: name, mode, policyRule: { if: condition, then } });
const setting = (field: string, value: unknown) => ({
  effect: "modify",
  details: { operations: [{ operation: "addOrReplace", field, value }] },
});
const groupType = "Microsoft.Resources/subscriptions/resourceGroups";
const registerPolicyInsights = () =>
  azure.control("POST", "registration", { namespace: "Microsoft.PolicyInsights", state: "Registered" });

describe("without an assignment", () => {
  it("nothing is refused or rewritten, and nothing more is asked", async () => {
    expect(await found()).toEqual([
      { check: "policies", status: "ok", what: "No policy is assigned to the subscription." },
    ]);
  });
});

describe("a policy that refuses", () => {
  const denyingPublic = () =>
    create("policyDefinitions", "deny-public", {
      displayName: "No public network",
      mode: "All",
      policyRule: {
        if: {
          allOf: [
            { field: "type", equals: "Microsoft.Storage/storageAccounts" },
            { field: "Microsoft.Storage/storageAccounts/publicNetworkAccess", equals: "Enabled" },
          ],
        },
        then: { effect: "deny" },
      },
    });

  it("is unknown until Microsoft.PolicyInsights is registered", async () => {
    await assign("Closed storage", await denyingPublic());
    expect(await found()).toMatchObject([
      { status: "unknown", fix: expect.stringContaining("Microsoft.PolicyInsights") as string },
    ]);
  });

  it("is named by its assignment, and Azure then does refuse", async () => {
    await registerPolicyInsights();
    await azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "Registered" });
    await assign("Closed storage", await denyingPublic());
    expect(await found()).toMatchObject([
      {
        status: "problem",
        what: 'The assignment "Closed storage" denies Microsoft.Storage/storageAccounts with these settings.',
      },
    ]);
    const account = `${await azure.group()}/providers/Microsoft.Storage/storageAccounts/refusedhere`;
    const sku = { name: "Standard_LRS" };
    const body = {
      location: "westus",
      kind: "StorageV2",
      sku,
      properties: { publicNetworkAccess: "Enabled" },
    };
    const refused = await azure.arm("PUT", account, body, "2024-01-01");
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "RequestDisallowedByPolicy" } } });
    expect(JSON.stringify(refused.body)).toContain("Closed storage");
  });
});

it("a policy on the tags of groups refuses the stack's group without them", async () => {
  await registerPolicyInsights();
  const untagged = {
    allOf: [
      { field: "type", equals: groupType },
      { field: "tags['owner']", exists: "false" },
    ],
  };
  await assign("Owned groups", await policy("owned-groups", "All", untagged, { effect: "deny" }));
  const refusal = `The assignment "Owned groups" denies ${groupType} with these settings.`;
  expect((await found()).map(({ what }) => what)).toEqual([refusal]);
  const tags = { owner: "soc" };
  expect(await found({ tags })).toMatchObject([{ status: "ok" }]);
  const overridden = await found({ tags, tagOverrides: { resourceGroup: { cost: "12" } } });
  expect(overridden.map(({ what }) => what)).toEqual([refusal]);

  const group = (body: object) => azure.arm("PUT", `${subscription}/resourceGroups/owned`, body);
  expect((await group({ location: "westus" })).status).toBe(403);
  expect((await group({ location: "westus", tags })).status).toBe(201);
});

describe("a built-in policy that rewrites", () => {
  it("and keeps Defender out is a problem, with its assignment's name and what it does to the stream", async () => {
    await registerPolicyInsights();
    await assign("Identities only", noLocalAuth);
    const closed = await assign("No public storage", noPublicAccess);
    expect(await found()).toEqual([
      {
        check: "policies",
        status: "problem",
        what: 'The assignment "Identities only" sets disableLocalAuth of namespaces to true (policy "Configure Azure Event Hub namespaces to disable local authentication"). Defender most likely writes with a shared access key, and then no event arrives.',
        fix: expect.stringContaining("az policy exemption create") as string,
      },
      {
        check: "policies",
        status: "problem",
        what: expect.stringContaining('"No public storage" sets publicNetworkAccess') as string,
        fix: expect.stringContaining(`--policy-assignment ${closed} `) as string,
      },
    ]);
    expect(await found({ destinations: ["eventHub"] })).toMatchObject([
      { what: expect.stringContaining('"Identities only"') as string },
    ]);
  });

  it("is found in an initiative, with the initiative's parameters and exemptions", async () => {
    await registerPolicyInsights();
    const initiative = await create("policySetDefinitions", "baseline", {
      parameters: { how: { type: "String", defaultValue: "Disabled" } },
      policyDefinitions: [
        {
          policyDefinitionId: noLocalAuth,
          policyDefinitionReferenceId: "auth",
          parameters: { effect: { value: "[parameters('how')]" } },
        },
      ],
    });
    await assign("Baseline off", initiative);
    expect(await found()).toMatchObject([{ status: "ok" }]);
    const on = await assign("Baseline on", initiative, { parameters: { how: { value: "Modify" } } });
    expect(await found()).toMatchObject([{ what: expect.stringContaining('"Baseline on"') as string }]);
    await create("policyExemptions", "ours", {
      policyAssignmentId: on,
      policyDefinitionReferenceIds: ["auth"],
      exemptionCategory: "Waiver",
    });
    expect(await found()).toMatchObject([{ status: "ok" }]);
  });

  it("does not count when it is not enforced", async () => {
    await registerPolicyInsights();
    await assign("Only watched", noLocalAuth, { enforcementMode: "DoNotEnforce" });
    expect(await found()).toMatchObject([{ status: "ok" }]);
  });

  it("is not mentioned when it sets what the stack sets anyway", async () => {
    await registerPolicyInsights();
    await assign("Only HTTPS", builtIn("f81e3117-0093-4b17-8a60-82363134f0eb"));
    expect(await found()).toMatchObject([{ status: "ok" }]);
  });

  it("and sets a tag is a warning to write the tag into the settings", async () => {
    await registerPolicyInsights();
    await assign("Owners", builtIn("5ffd78d9-436d-4b41-a421-5baa819e3008"));
    expect(await found()).toMatchObject([
      {
        status: "warning",
        what: 'The assignment "Owners" sets a tag (policy "Add or replace a tag on resources"). Each deployment takes the tag off again, unless `tags` has it with the same value.',
        fix: expect.stringMatching(/^Add the tag to `tags` in the settings\. Otherwise: /) as string,
      },
    ]);
  });

  it("and sets a tag of groups is not mentioned when the stack creates no group", async () => {
    await registerPolicyInsights();
    await assign("Owned groups", builtIn("d157c373-a6c4-483d-aaad-570756956268"));
    expect(await found()).toMatchObject([
      { status: "warning", what: expect.stringContaining('"Owned groups" sets a tag') as string },
    ]);
    const resourceGroupId = await azure.group("rg-streaming");
    expect(await found({ existing: { resourceGroupId } })).toMatchObject([{ status: "ok" }]);
  });
});

describe("any other policy that rewrites", () => {
  it("is named in one warning, for a person to look at", async () => {
    await registerPolicyInsights();
    await assign("Tags of ours", await policy("owner", "Indexed", {}, setting("tags['owner']", "platform")));
    const append = {
      effect: "append",
      details: [{ field: "Microsoft.Storage/storageAccounts/minimumTlsVersion" }],
    };
    await assign("Old TLS", await policy("tls", "Indexed", {}, append));
    expect(await found()).toMatchObject([
      {
        status: "warning",
        what: 'These assignments may change what the stack creates: "Tags of ours" (policy "owner") and "Old TLS" (policy "tls"). Look at what they set.',
      },
    ]);
  });

  it("is not mentioned when it sets something that the stack does not create", async () => {
    await registerPolicyInsights();
    const disks = setting("Microsoft.Compute/disks/publicNetworkAccess", "Disabled");
    await assign("Closed disks", await policy("disks", "Indexed", {}, disks));
    expect(await found()).toMatchObject([{ status: "ok" }]);
  });
});

describe("a policy on firewalls", () => {
  it("refuses rule sets that do not fit, and no others", async () => {
    await registerPolicyInsights();
    const type = "Microsoft.EventHub/namespaces/networkRuleSets";
    const open = {
      allOf: [
        { field: "type", equals: type },
        { field: `${type}/defaultAction`, equals: "Allow" },
      ],
    };
    await assign("Closed hubs", await policy("closed-hubs", "All", open, { effect: "deny" }));
    expect((await found()).map(({ what }) => what)).toEqual([
      `The assignment "Closed hubs" denies ${type} with these settings.`,
    ]);
    const eventHubNetwork = { publicAccess: "selected", ipRules: ["203.0.113.0/28"] };
    expect(await found({ eventHubNetwork })).toMatchObject([{ status: "ok" }]);
  });
});

it("a policy of the group in the settings counts, and is not asked about for others", async () => {
  await registerPolicyInsights();
  const group = await azure.group("rg-streaming");
  const hubs = { field: "type", equals: "Microsoft.EventHub/namespaces" };
  const id = `${group}/providers/Microsoft.Authorization/policyAssignments/no-hubs`;
  const policyDefinitionId = await policy("no-hubs", "Indexed", hubs, { effect: "deny" });
  await azure.arm("PUT", id, { properties: { policyDefinitionId } }, versionOf(id));
  created.push(id);
  expect(await found()).toMatchObject([{ status: "ok", what: "No policy is assigned to the subscription." }]);
  const other = { resourceGroupId: await azure.group("rg-other") };
  expect(await found({ existing: other })).toMatchObject([
    { status: "ok", what: "No policy is assigned to the resource group." },
  ]);
  expect(await found({ existing: { resourceGroupId: group } })).toMatchObject([
    { status: "problem", what: expect.stringContaining('"no-hubs" denies') as string },
  ]);
});

it("policies of a group that does not exist are unknown, and its absence is a problem", async () => {
  const resourceGroupId = `${subscription}/resourceGroups/rg-nowhere`;
  const said = await preflight({ ...small, existing: { resourceGroupId } });
  expect(of("policies", said)).toEqual([
    {
      check: "policies",
      status: "unknown",
      what: expect.stringMatching(
        /^Whether policies .* cannot be checked: \S+ answered with status 404 \(ResourceGroupNotFound\): Resource group 'rg-nowhere'/,
      ) as string,
    },
  ]);
  expect(of("permissions", said)).toContainEqual(
    expect.objectContaining({
      status: "problem",
      what: expect.stringContaining(`${resourceGroupId} does not exist`) as string,
    }),
  );
});
