import { afterEach, describe, expect, it } from "vitest";
import { subscription } from "defender-streaming-sandbox/testAzure";
import { azure, of, preflight } from "./preflightRuns.ts";

const authorization = `${subscription}/providers/Microsoft.Authorization`;
const builtIn = (name: string) => `/providers/Microsoft.Authorization/policyDefinitions/${name}`;
const noLocalAuth = builtIn("57f35901-8389-40bb-ac49-3ba4f86d889d");
const noPublicAccess = builtIn("a06d0189-92e8-4dba-b0c4-08d7669fce7d");
const small = { tables: ["DeviceInfo"], protect: false, destinations: ["eventHub", "storage"] };

const made: string[] = [];
afterEach(async () => {
  for (const id of made.splice(0).reverse()) await azure.arm("DELETE", id, undefined, versionOf(id));
});

const versionOf = (id: string) => (id.includes("/policyExemptions/") ? "2022-07-01-preview" : "2023-04-01");

async function make(type: string, name: string, properties: object): Promise<string> {
  const id = `${authorization}/${type}/${name}`;
  const { status, body } = await azure.arm("PUT", id, { properties }, versionOf(id));
  if (status > 201) throw new Error(JSON.stringify(body));
  made.push(id);
  return id;
}

const assign = (displayName: string, policyDefinitionId: string, more: object = {}) =>
  make("policyAssignments", displayName.replaceAll(" ", "-"), { displayName, policyDefinitionId, ...more });

const found = async (changes: Record<string, unknown> = {}) =>
  of("policies", await preflight({ ...small, ...changes }));

/** A rule with a parameter `tag`, whose tag is `owner` by default. */
const ruleOn = (name: string, mode: string, condition: object, then: object) =>
  make("policyDefinitions", name, {
    mode,
    parameters: { tag: { type: "String", defaultValue: "owner" } },
    policyRule: { if: condition, then },
  });
const namedTag = "[concat('tags[', parameters('tag'), ']')]";
const groupType = "Microsoft.Resources/subscriptions/resourceGroups";
const answersQuestions = () =>
  azure.control("POST", "registration", { namespace: "Microsoft.PolicyInsights", state: "Registered" });

describe("without an assignment", () => {
  it("nothing refuses or rewrites, and nothing more is asked", async () => {
    expect(await found()).toEqual([
      { check: "policies", status: "ok", what: "No policy is assigned to the subscription." },
    ]);
  });
});

describe("a policy that rewrites", () => {
  const rewriting = async () => (await found()).filter(({ what }) => what.includes(" sets "));

  it("is named by its assignment, with what it sets", async () => {
    await assign("Identities only", noLocalAuth);
    await assign("No public storage", noPublicAccess);
    expect(await rewriting()).toMatchObject([
      {
        status: "problem",
        what: expect.stringMatching(
          /"Identities only" sets Microsoft\.EventHub\/namespaces\/disableLocalAuth to true, and the settings want false/,
        ) as string,
      },
      { status: "problem", what: expect.stringContaining('"No public storage"') as string },
    ]);
  });

  it("is found in an initiative, with the initiative's parameters", async () => {
    const initiative = await make("policySetDefinitions", "baseline", {
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
    expect(await rewriting()).toEqual([]);
    const on = await assign("Baseline on", initiative, { parameters: { how: { value: "Modify" } } });
    expect(await rewriting()).toMatchObject([{ what: expect.stringContaining('"Baseline on"') as string }]);
    await make("policyExemptions", "ours", {
      policyAssignmentId: on,
      policyDefinitionReferenceIds: ["auth"],
      exemptionCategory: "Waiver",
    });
    expect(await rewriting()).toEqual([]);
  });

  it("does not count when it is not enforced", async () => {
    await assign("Only watched", noLocalAuth, { enforcementMode: "DoNotEnforce" });
    expect(await rewriting()).toEqual([]);
  });
});

describe("a policy that refuses", () => {
  const denyingPublic = () =>
    make("policyDefinitions", "deny-public", {
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

  it("cannot be told of before Microsoft.PolicyInsights is registered", async () => {
    await assign("Closed storage", await denyingPublic());
    expect(await found()).toMatchObject([
      { status: "unknown", fix: expect.stringContaining("Microsoft.PolicyInsights") as string },
    ]);
  });

  it("is named by its assignment, and Azure then does refuse", async () => {
    await azure.control("POST", "registration", {
      namespace: "Microsoft.PolicyInsights",
      state: "Registered",
    });
    await azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "Registered" });
    await assign("Closed storage", await denyingPublic());
    expect(await found()).toMatchObject([
      {
        status: "problem",
        what: 'The assignment "Closed storage" refuses a resource of type Microsoft.Storage/storageAccounts as the settings want it.',
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

describe("a policy on tags", () => {
  it("that groups have to have is told for the group, whose tags may be its own", async () => {
    await answersQuestions();
    const untagged = {
      allOf: [
        { field: "type", equals: groupType },
        { field: namedTag, exists: "false" },
      ],
    };
    await assign("Owned groups", await ruleOn("owned-groups", "All", untagged, { effect: "deny" }));
    const refusal = `The assignment "Owned groups" refuses a resource of type ${groupType} as the settings want it.`;
    expect((await found()).map(({ what }) => what)).toEqual([refusal]);
    const tags = { owner: "soc" };
    expect(await found({ tags })).toMatchObject([{ status: "ok" }]);
    const overridden = await found({ tags, tagOverrides: { resourceGroup: { cost: "12" } } });
    expect(overridden.map(({ what }) => what)).toEqual([refusal]);

    const group = (body: object) => azure.arm("PUT", `${subscription}/resourceGroups/owned`, body);
    expect((await group({ location: "westus" })).status).toBe(403);
    expect((await group({ location: "westus", tags })).status).toBe(201);
  });

  it("that Azure sets is a difference at each deployment, unless the settings have the same", async () => {
    await answersQuestions();
    const details = { operations: [{ operation: "addOrReplace", field: namedTag, value: "platform" }] };
    const condition = { field: namedTag, notEquals: "platform" };
    await assign("Platform's", await ruleOn("platform", "Indexed", condition, { effect: "modify", details }));
    const said = await found({ tags: { owner: "soc" } });
    expect(said.map(({ status }) => status)).toEqual(said.map(() => "warning"));
    expect(said.map(({ what }) => what)).toContain(
      `The assignment "Platform's" sets the tag owner of Microsoft.EventHub/namespaces to platform, and the settings want soc (policy "${authorization}/policyDefinitions/platform"). Each deployment then finds a difference.`,
    );
    expect(await found({ tags: { owner: "platform" } })).toMatchObject([{ status: "ok" }]);
    const id = await azure.namespace("tagged-by-policy");
    expect((await azure.arm("GET", id)).body).toMatchObject({ tags: { owner: "platform" } });
  });

  const ofGroup = "[resourceGroup().tags[parameters('tag')]]";
  const setting = (value: string, operation = "addOrReplace") => ({
    effect: "modify",
    details: { operations: [{ operation, field: namedTag, value }] },
  });
  const inherited = {
    allOf: [
      { field: namedTag, notEquals: ofGroup },
      { value: ofGroup, notEquals: "" },
    ],
  };

  it("that pass on the group's is a difference only where the settings have it otherwise", async () => {
    await answersQuestions();
    await assign("Inherited", await ruleOn("inherited", "Indexed", inherited, setting(ofGroup)));
    expect(await found()).toMatchObject([{ status: "ok" }]);
    const tags = { owner: "soc" };
    expect(await found({ tags })).toMatchObject([{ status: "ok" }]);
    const said = await found({ tags, tagOverrides: { namespace: { Owner: "hubs" } } });
    expect(said).toMatchObject([
      {
        status: "warning",
        what: expect.stringContaining(
          "sets the tag owner of Microsoft.EventHub/namespaces to soc, and the settings want hubs",
        ) as string,
      },
    ]);
  });

  it("that pass on those of a group that is there are read from it", async () => {
    await answersQuestions();
    await assign("Inherited", await ruleOn("inherited", "Indexed", inherited, setting(ofGroup)));
    const resourceGroupId = `${subscription}/resourceGroups/rg-inherited`;
    await azure.arm("PUT", resourceGroupId, { location: "westeurope", tags: { owner: "landing zone" } });
    const existing = { resourceGroupId };
    expect((await found({ existing })).map(({ what }) => what)).toContainEqual(
      expect.stringContaining("namespaces to landing zone, and the settings have none"),
    );
    expect(await found({ existing, tags: { owner: "landing zone" } })).toMatchObject([{ status: "ok" }]);
  });

  it("whose value Azure works out is unknown, and said once", async () => {
    await answersQuestions();
    const missing = { field: namedTag, exists: "false" };
    await assign("Born", await ruleOn("born", "Indexed", missing, setting("[utcNow()]", "add")));
    const where = await ruleOn("where", "Indexed", {}, setting("[concat('in ', resourceGroup().location)]"));
    await assign("Where", where, { parameters: { tag: { value: "place" } } });
    const told = (name: string) => expect.stringContaining(`the assignment "${name}" sets tags[`) as string;
    expect(await found()).toMatchObject([
      { status: "unknown", what: told("Born") },
      { status: "unknown", what: told("Where") },
    ]);
    expect(await found({ tags: { owner: "soc" } })).toMatchObject([{ what: told("Where") }]);
  });

  it("of groups only is told for the group alone", async () => {
    await answersQuestions();
    const ofGroups = {
      allOf: [
        { field: "type", equals: groupType },
        { field: namedTag, exists: "false" },
      ],
    };
    await assign("Groups", await ruleOn("groups", "All", ofGroups, setting("platform", "add")));
    expect((await found()).map(({ what }) => what)).toEqual([
      expect.stringContaining(`sets the tag owner of ${groupType} to platform`),
    ]);
  });

  it("in the mode Indexed is not told for the group", async () => {
    await answersQuestions();
    await assign("All else", await ruleOn("all-else", "Indexed", {}, setting("platform")));
    const said = (await found()).map(({ what }) => what);
    expect(said).toContainEqual(expect.stringContaining("of Microsoft.EventHub/namespaces to platform"));
    expect(said).not.toContainEqual(expect.stringContaining(groupType));
  });

  it("that are appended only where there are none is no difference where the settings have one", async () => {
    await answersQuestions();
    const then = { effect: "append", details: [{ field: namedTag, value: "platform" }] };
    const missing = { field: namedTag, exists: "false" };
    await assign("Appended", await ruleOn("appended", "Indexed", missing, then));
    expect(await found({ tags: { owner: "soc" } })).toMatchObject([{ status: "ok" }]);
    expect(await found()).toContainEqual(expect.objectContaining({ status: "warning" }));
  });

  it("that are appended in any case refuse another value", async () => {
    await answersQuestions();
    const then = { effect: "append", details: [{ field: namedTag, value: "platform" }] };
    await assign("Appended", await ruleOn("appended", "Indexed", {}, then));
    const said =
      'The assignment "Appended" refuses a resource of type Microsoft.EventHub/namespaces with the tag owner soc';
    expect(await found({ tags: { owner: "soc" } })).toContainEqual(
      expect.objectContaining({ status: "problem", what: expect.stringContaining(said) as string }),
    );
    expect(await found({ tags: { owner: "platform" } })).toMatchObject([{ status: "ok" }]);
  });
});

it("a policy that adds a property leaves what the settings ask for", async () => {
  await answersQuestions();
  const field = "Microsoft.EventHub/namespaces/disableLocalAuth";
  const then = { effect: "modify", details: { operations: [{ operation: "add", field, value: true }] } };
  const hubs = { field: "type", in: ["Microsoft.EventHub/namespaces"] };
  await assign("Only added", await ruleOn("only-added", "Indexed", hubs, then));
  expect(await found()).toMatchObject([{ status: "ok" }]);
});

describe("a policy on firewalls", () => {
  it("is told for the rule sets of namespaces, and not where they fit", async () => {
    await answersQuestions();
    const type = "Microsoft.EventHub/namespaces/networkRuleSets";
    const open = {
      allOf: [
        { field: "type", equals: type },
        { field: `${type}/defaultAction`, equals: "Allow" },
      ],
    };
    await assign("Closed hubs", await ruleOn("closed-hubs", "All", open, { effect: "deny" }));
    expect((await found()).map(({ what }) => what)).toEqual([
      `The assignment "Closed hubs" refuses a resource of type ${type} as the settings want it.`,
    ]);
    const eventHubNetwork = { publicAccess: "selected", ipRules: ["203.0.113.0/28"] };
    expect(await found({ eventHubNetwork })).toMatchObject([{ status: "ok" }]);
  });
});

it("a policy of the group that is named counts, and is not asked about for others", async () => {
  await answersQuestions();
  const group = await azure.group("rg-streaming");
  const hubs = { field: "type", equals: "Microsoft.EventHub/namespaces" };
  const id = `${group}/providers/Microsoft.Authorization/policyAssignments/no-hubs`;
  const policyDefinitionId = await ruleOn("no-hubs", "Indexed", hubs, { effect: "deny" });
  await azure.arm("PUT", id, { properties: { policyDefinitionId } }, versionOf(id));
  made.push(id);
  expect(await found()).toMatchObject([{ status: "ok", what: "No policy is assigned to the subscription." }]);
  const other = { resourceGroupId: await azure.group("rg-other") };
  expect(await found({ existing: other })).toMatchObject([
    { status: "ok", what: "No policy is assigned to the resource group." },
  ]);
  expect(await found({ existing: { resourceGroupId: group } })).toMatchObject([
    { status: "problem", what: expect.stringContaining('"no-hubs" refuses') as string },
  ]);
});

it("policies of a group that is not there are unknown, and its absence is a problem", async () => {
  const resourceGroupId = `${subscription}/resourceGroups/rg-nowhere`;
  const said = await preflight({ ...small, existing: { resourceGroupId } });
  expect(of("policies", said)).toEqual([
    {
      check: "policies",
      status: "unknown",
      what: "Whether policies of the organisation refuse or rewrite the settings cannot be told: Resource group 'rg-nowhere' could not be found.",
    },
  ]);
  expect(of("permissions", said)).toContainEqual(
    expect.objectContaining({
      status: "problem",
      what: expect.stringContaining(`${resourceGroupId} does not exist`) as string,
    }),
  );
});

it("what a policy is said to rewrite, it rewrites", async () => {
  await assign("Identities only", noLocalAuth);
  const id = await azure.namespace("rewritten", { name: "Standard" }, { disableLocalAuth: false });
  expect((await azure.arm("GET", id)).body).toMatchObject({ properties: { disableLocalAuth: true } });
});
