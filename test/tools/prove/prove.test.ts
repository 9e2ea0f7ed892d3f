import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ClientSecretCredential } from "@azure/identity";
import { describe, expect, it } from "vitest";
import {
  clientSecret,
  consumerSiem,
  deployer,
  portalUserAlex,
  subscriptionId,
  tenantId,
} from "defender-streaming-sandbox/tenant";
import { contributor, reader, roleDefinitionId } from "../../../streaming/roles/roles.ts";
import { readOutputs } from "../../../streaming/readOutputs.ts";
import { armOnce } from "../../../tools/arm.ts";
import type { Conclusion } from "../../../tools/prove/question.ts";
import { questions } from "../../../tools/prove/questions.ts";
import { inWords } from "../../../tools/prove/report.ts";
import { subscription, testAzure } from "defender-streaming-sandbox/testAzure";

const azure = await testAzure();
const hour = 60;
const day = 24 * hour;

const questionNamed = (name: string) => {
  const question = questions.find((one) => one.name === name);
  if (!question) throw new Error(`There is no question ${name}.`);
  return question;
};

/** Asks with a sign-in of its own, because the embedded Azure's clock moves on. */
function prove(name: string, outputs: object): Promise<Conclusion> {
  const options = { authorityHost: azure.origin, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(tenantId, deployer.appId, clientSecret, options);
  return questionNamed(name).prove({
    stack: readOutputs(outputs),
    azure: armOnce({ endpoint: azure.origin, audience: azure.origin, credential }),
    now: new Date(azure.now),
  });
}

const count = async (
  resourceId: string,
  metric: string,
  value: number,
  dimensions: Record<string, string>,
  minutesAgo: number,
) => {
  // What is counted this very minute is not asked for yet.
  const sample = { resourceId, metric, value, dimensions, minutesAgo: minutesAgo + 1 };
  await azure.control("POST", "metrics", sample);
};

const arrive = (namespace: string, hub: string, messages: number, minutesAgo: number) =>
  count(namespace, "IncomingMessages", messages, { EntityName: hub }, minutesAgo);
const append = (account: string, by: string, times: number, minutesAgo: number) =>
  count(
    `${account}/blobServices/default`,
    "Transactions",
    times,
    { ApiName: "AppendBlock", Authentication: by },
    minutesAgo,
  );

/** A namespace with hubs, as a stack has deployed it. */
async function namespaceWith(name: string, hubs: readonly string[], properties: object = {}) {
  const resourceId = await azure.namespace(name, { name: "Standard" }, properties);
  for (const hub of hubs) {
    await azure.arm("PUT", `${resourceId}/eventhubs/${hub}`, { properties: { partitionCount: 4 } });
  }
  return { name, resourceId, tier: "Standard", throughputUnits: 1, hubs: [...hubs] };
}

async function accountWith(name: string, containers: readonly string[], properties: object = {}) {
  const group = await azure.group();
  await azure.control("POST", "registration", { namespace: "Microsoft.Storage", state: "Registered" });
  const resourceId = `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
  const body = { location: "westus", kind: "StorageV2", sku: { name: "Standard_LRS" }, properties };
  const made = await azure.arm("PUT", resourceId, body, "2024-01-01");
  if (made.status >= 300) throw new Error(JSON.stringify(made.body));
  azure.pass();
  for (const container of containers) {
    await azure.arm("PUT", `${resourceId}/blobServices/default/containers/${container}`, {}, "2024-01-01");
  }
  return { name, resourceId, containers: [...containers] };
}

describe("every question", () => {
  it("says what it needs if the stack has nothing to show", async () => {
    for (const { name } of questions) {
      const { answer, needs } = await prove(name, {});
      expect([name, answer]).toEqual([name, "not yet"]);
      expect(needs, name).toBeTruthy();
    }
  });

  it("is in docs/unknowns.md under its name, in the same words, and nothing else is", () => {
    const text = readFileSync(join(import.meta.dirname, "../../../docs/unknowns.md"), "utf8");
    const entries = [...text.matchAll(/^- \*\*`([a-z-]+)`\*\*: (.*)/gm)].map(([, ...entry]) => entry);
    expect(entries).toEqual(questions.map(({ name, question }) => [name, question]));
  });
});

describe("writer-key", () => {
  it("is answered by the caller that listed the namespace's keys, and never by a key", async () => {
    const namespace = await namespaceWith("with-keys", ["alerts"]);
    await arrive(namespace.resourceId, "alerts", 10, 0);
    expect(await prove("writer-key", { namespaces: [namespace] })).toMatchObject({ answer: "no" });
    const listed = await azure.arm(
      "POST",
      `${namespace.resourceId}/authorizationRules/RootManageSharedAccessKey/listKeys`,
    );
    const { answer, evidence } = await prove("writer-key", { namespaces: [namespace] });
    expect(answer).toBe("yes");
    expect(evidence[0]).toMatch(
      new RegExp(
        `UTC: ${deployer.objectId} listed the keys of with-keys/authorizationRules/RootManageSharedAccessKey$`,
      ),
    );
    const { primaryKey } = listed.body as { primaryKey: string };
    expect(primaryKey).toBeTruthy();
    expect(evidence.join()).not.toContain(primaryKey);
  });
});

describe("local-auth", () => {
  it("waits for a change, then for a day of silence, before it says no; and says yes with the first hour of messages", async () => {
    const namespace = await namespaceWith("no-local", ["alerts"]);
    const ask = () => prove("local-auth", { namespaces: [namespace] });
    await arrive(namespace.resourceId, "alerts", 10, 0);
    expect(await ask()).toMatchObject({
      answer: "not yet",
      needs: expect.stringContaining("--disable-local-auth") as string,
    });

    await azure.arm("PATCH", namespace.resourceId, { properties: { disableLocalAuth: true } });
    azure.pass(2 * hour * 60_000);
    expect(await ask()).toMatchObject({
      answer: "not yet",
      needs: expect.stringContaining("come back after") as string,
    });
    azure.pass(day * 60_000);
    expect(await ask()).toMatchObject({ answer: "no" });
    await arrive(namespace.resourceId, "alerts", 3, hour);
    expect(await ask()).toMatchObject({
      answer: "yes",
      evidence: expect.arrayContaining([
        expect.stringMatching(/^local authentication of no-local is off, at the latest since \d{4}-/),
        expect.stringMatching(/later: 3 messages in the last 7 days/),
        expect.stringMatching(/^before: 10 messages/),
      ]) as string[],
    });
  });
});

describe("closed-namespace", () => {
  it("takes what arrives an hour after the last change of the namespace", async () => {
    const namespace = await namespaceWith("closed", ["alerts"], { publicNetworkAccess: "Disabled" });
    azure.pass(3 * hour * 60_000);
    await arrive(namespace.resourceId, "alerts", 7, 5);
    expect(await prove("closed-namespace", { namespaces: [namespace] })).toMatchObject({ answer: "yes" });
  });
});

describe("own-hubs", () => {
  it("is no with traffic in the stack's hubs alone, and yes with any other hub, whose settings it shows", async () => {
    const namespace = await namespaceWith("with-hubs", ["alerts"]);
    const ask = () => prove("own-hubs", { namespaces: [namespace] });
    expect(await ask()).toMatchObject({ answer: "not yet" });
    await arrive(namespace.resourceId, "alerts", 1234, 0);
    expect(await ask()).toMatchObject({
      answer: "no",
      evidence: [expect.stringContaining("1 hub of the stack, 1,234 messages") as string],
    });
    await azure.arm("PUT", `${namespace.resourceId}/eventhubs/insights-logs-advancedhunting-new`, {
      properties: { partitionCount: 2, messageRetentionInDays: 1 },
    });
    expect(await ask()).toMatchObject({
      answer: "yes",
      evidence: expect.arrayContaining([
        "with-hubs/insights-logs-advancedhunting-new: not the stack's; 2 partitions, events kept for 24 hours",
      ]) as string[],
    });
  });
});

describe("hub-policy", () => {
  it("is no when messages arrive in a named hub without a policy, and unknown with a policy", async () => {
    const namespace = await namespaceWith("policies", ["defender"]);
    const setting = {
      name: "s",
      destination: "eventHub",
      resourceId: namespace.resourceId,
      hubName: "defender",
      eventTypes: [],
    } as const;
    const ask = () => prove("hub-policy", { namespaces: [namespace], exportSettings: [setting] });
    await arrive(namespace.resourceId, "defender", 5, 0);
    expect(await ask()).toMatchObject({ answer: "no" });
    await azure.arm("PUT", `${namespace.resourceId}/eventhubs/defender/authorizationRules/old`, {
      properties: { rights: ["Send", "Listen"] },
    });
    expect(await ask()).toMatchObject({
      answer: "not yet",
      evidence: expect.arrayContaining(["policies/defender has the access policies old"]) as string[],
    });
  });
});

describe("types-per-setting", () => {
  it("is no when more than ten hubs of one setting get messages", async () => {
    const namespace = await namespaceWith("many-types", []);
    const hubs = Array.from({ length: 12 }, (_, index) => `hub${index}`);
    const setting = {
      name: "s",
      destination: "eventHub",
      resourceId: namespace.resourceId,
      hubName: "",
      eventTypes: hubs,
    } as const;
    const ask = () => prove("types-per-setting", { namespaces: [namespace], exportSettings: [setting] });
    for (const hub of hubs.slice(0, 10)) await arrive(namespace.resourceId, hub, 5, 0);
    expect(await ask()).toMatchObject({ answer: "not yet" });
    await arrive(namespace.resourceId, "hub10", 5, 0);
    expect(await ask()).toMatchObject({ answer: "no" });
  });
});

describe("role-gone", () => {
  it("waits until the role is taken away, and then for traffic", async () => {
    const namespace = await namespaceWith("with-roles", ["alerts"]);
    const role = {
      scope: namespace.resourceId,
      role: contributor.name,
      roleDefinitionId: roleDefinitionId(subscriptionId, contributor),
      principalId: portalUserAlex.objectId,
    };
    const ask = () => prove("role-gone", { namespaces: [namespace], requiredRoleAssignments: [role] });
    const assignment = `${namespace.resourceId}/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555`;
    const made = await azure.arm("PUT", assignment, {
      properties: {
        principalId: portalUserAlex.objectId,
        principalType: "User",
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${contributor.id}`,
      },
    });
    expect(made.status).toBe(201);
    await arrive(namespace.resourceId, "alerts", 5, 0);
    expect(await ask()).toMatchObject({
      answer: "not yet",
      evidence: [
        expect.stringMatching(
          /^5d07e9b3-.* still has a role that can write, at .*\/namespaces\/with-roles$/,
        ) as string,
      ],
    });
    await azure.arm("DELETE", assignment);
    azure.pass(3 * hour * 60_000);
    await arrive(namespace.resourceId, "alerts", 5, 0);
    expect(await ask()).toMatchObject({ answer: "yes" });
  });

  it("is not answered by a stack without portal users", async () => {
    const namespace = await namespaceWith("nobody", ["alerts"]);
    const reads = {
      scope: namespace.resourceId,
      role: reader.name,
      roleDefinitionId: roleDefinitionId(subscriptionId, reader),
      principalId: consumerSiem.objectId,
    };
    await arrive(namespace.resourceId, "alerts", 5, 0);
    expect(
      await prove("role-gone", { namespaces: [namespace], requiredRoleAssignments: [reads] }),
    ).toMatchObject({ answer: "not yet" });
  });
});

describe("rates", () => {
  it("shows bytes per message by hub, and is no when requests were throttled", async () => {
    const namespace = await namespaceWith("busy-one", ["alerts"]);
    await arrive(namespace.resourceId, "alerts", 100, 0);
    await count(namespace.resourceId, "IncomingBytes", 250_000, { EntityName: "alerts" }, 0);
    const ask = () => prove("rates", { namespaces: [namespace] });
    expect(await ask()).toMatchObject({
      answer: "yes",
      evidence: expect.arrayContaining([
        "alerts: 100 messages, 250,000 bytes, 2,500 bytes a message",
      ]) as string[],
    });
    await count(
      namespace.resourceId,
      "ThrottledRequests",
      4,
      { EntityName: "alerts", OperationResult: "ServerBusy" },
      0,
    );
    expect(await ask()).toMatchObject({ answer: "no" });
  });
});

describe("storage", () => {
  it("is written to with a key or without, as the account's metrics show", async () => {
    const account = await accountWith("withkeys", []);
    expect(await prove("storage-key", { accounts: [account] })).toMatchObject({ answer: "not yet" });
    await append(account.resourceId, "OAuth", 5, 0);
    expect(await prove("storage-key", { accounts: [account] })).toMatchObject({ answer: "no" });
    await append(account.resourceId, "AccountKey", 9, 0);
    expect(await prove("storage-key", { accounts: [account] })).toMatchObject({
      answer: "yes",
      evidence: expect.arrayContaining([
        expect.stringMatching(/^withkeys: 9 appends signed in by AccountKey /),
      ]) as string[],
    });
  });

  it("is written to although its public network access is off", async () => {
    const account = await accountWith("closedaccount", [], { publicNetworkAccess: "Disabled" });
    azure.pass(3 * hour * 60_000);
    await append(account.resourceId, "OAuth", 5, 5);
    expect(await prove("closed-storage", { accounts: [account] })).toMatchObject({ answer: "yes" });
  });

  it("is written to with a hierarchical namespace", async () => {
    const account = await accountWith("hierarchical", [], { isHnsEnabled: true });
    await append(account.resourceId, "OAuth", 5, 0);
    expect(await prove("hierarchical-storage", { accounts: [account] })).toMatchObject({ answer: "yes" });
  });

  it("has containers that Defender created or not", async () => {
    const account = await accountWith("containers", ["insights-logs-advancedhunting-alertinfo"]);
    await append(account.resourceId, "OAuth", 5, 0);
    expect(await prove("own-containers", { accounts: [account] })).toMatchObject({ answer: "no" });
    const other = `${account.resourceId}/blobServices/default/containers/insights-logs-advancedhunting-alertinfo2`;
    await azure.arm("PUT", other, {}, "2024-01-01");
    expect(await prove("own-containers", { accounts: [account] })).toMatchObject({ answer: "yes" });
  });

  it("does not show how many event types a setting takes while the stack creates the containers", async () => {
    const tables = Array.from({ length: 11 }, (_, index) => `insights-logs-table${index}`);
    const account = await accountWith("manytypes", tables);
    const setting = {
      name: "s",
      destination: "storage",
      resourceId: account.resourceId,
      hubName: "",
      eventTypes: tables,
    } as const;
    expect(await prove("storage-types", { accounts: [account], exportSettings: [setting] })).toMatchObject({
      answer: "not yet",
      evidence: expect.arrayContaining([
        "11 containers were created through Azure Resource Manager, by the stack",
      ]) as string[],
    });
  });
});

describe("the command", () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, "../../../tools/prove/main.ts"), ...args],
      {
        encoding: "utf8",
        env: { PATH: "/nonexistent" },
      },
    );
    return { status, stdout, stderr };
  };

  it("lists the questions without a name, and what each needs", () => {
    const { status, stdout } = run();
    expect(status).toBe(0);
    for (const { name, question, needs } of questions)
      expect(stdout).toContain(`${name}\n  ${question}\n  needs: ${needs}`);
    expect(JSON.parse(run("--json").stdout)).toHaveLength(questions.length);
  });

  it("suggests a name for one that does not exist", () => {
    expect(run("own-hub", "--stack", "dev")).toEqual({
      status: 2,
      stdout: "",
      stderr: "There is no question 'own-hub'. Did you mean own-hubs?\n",
    });
  });

  it("asks for the stack, and for the CLI if it is missing", () => {
    expect(run("own-hubs")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--stack <stack>") as string,
    });
    expect(run("own-hubs", "--stack", "dev")).toMatchObject({
      status: 1,
      stderr: "The Pulumi CLI is not on the PATH.\n",
    });
  });

  it("prints question, answer, evidence and what is missing", () => {
    const finding = { answer: "not yet", evidence: ["ns1: 0 messages"], needs: "traffic" } as const;
    expect(inWords(questionNamed("own-hubs"), finding)).toBe(
      "Does Defender create its own hubs beside the existing ones? not yet\n  ns1: 0 messages\nIt takes traffic.",
    );
  });
});
