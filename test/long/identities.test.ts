import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  consumerSiem,
  deployer,
  portalUserAlex,
  portalUserMegan,
  securityGroup,
} from "defender-streaming-sandbox/tenant";
import { testSandbox } from "../engine/testSandbox.ts";

const sandbox = await testSandbox();
const issuer = "https://oidc.example/cluster/";
const base = { tables: ["DeviceInfo"], protect: false };
const federated = {
  name: "pod",
  application: {
    federatedCredential: { kubernetes: { issuer, namespace: "siem", serviceAccount: "reader" } },
  },
};
const withSecret = (clientSecret: object) => ({ name: "legacy", application: { clientSecret } });

/** Every file of the engine's state. */
function state(): string {
  const folder = join(sandbox.directory, "state");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

async function secretOf(stack: string): Promise<string> {
  const shown = await sandbox.ok("stack", "output", "--json", "--show-secrets", "--stack", stack);
  return (JSON.parse(shown) as { clientSecrets: { legacy: string } }).clientSecrets.legacy;
}

const changesOfApplications = (work: () => Promise<unknown>) => {
  const before = sandbox.served().length;
  return work().then(() =>
    sandbox
      .served()
      .slice(before)
      .filter(({ method, url }) => method !== "GET" && url.includes("/applications/"))
      .map(({ method, url }) => `${method} ${url.split("/").at(-1) ?? ""}`),
  );
};

describe("people, groups and applications by name", () => {
  const identity =
    "/resourceGroups/identities/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-reader";
  let principalId = "";

  beforeAll(async () => {
    await sandbox.control("registration", { namespace: "Microsoft.ManagedIdentity", state: "Registered" });
    await sandbox.arm("PUT", `${sandbox.subscription}/resourceGroups/identities`, "2022-09-01", {
      location: "westeurope",
    });
    const made = await sandbox.arm<{ properties: { principalId: string } }>(
      "PUT",
      `${sandbox.subscription}${identity}`,
      "2023-01-31",
      { location: "westeurope" },
    );
    principalId = made.properties.principalId;
  });

  it("are looked up, and get the same roles as by object id", async () => {
    sandbox.configure("names", {
      ...base,
      portalUsers: [
        { name: "Alex", userPrincipalName: portalUserAlex.userPrincipalName },
        { name: "SOC", groupName: securityGroup.displayName.toUpperCase() },
      ],
      consumers: [
        { name: "siem", applicationId: consumerSiem.appId },
        { name: "function", managedIdentityId: `${sandbox.subscription}${identity}` },
      ],
    });
    await sandbox.up("names");
    const { requiredRoleAssignments: made } = await sandbox.outputs("names");
    expect(made.map(({ principalId: id, principalType }) => [id, principalType])).toEqual([
      [portalUserAlex.objectId, "User"],
      [securityGroup.objectId, "Group"],
      [consumerSiem.objectId, "ServicePrincipal"],
      [consumerSiem.objectId, "ServicePrincipal"],
      [principalId, "ServicePrincipal"],
      [principalId, "ServicePrincipal"],
    ]);
  });

  it("are the same deployment as with their object ids", async () => {
    sandbox.configure("names", {
      ...base,
      portalUsers: [
        { name: "Alex", objectId: portalUserAlex.objectId, principalType: "User" },
        { name: "SOC", objectId: securityGroup.objectId, principalType: "Group" },
      ],
      consumers: [
        { name: "siem", objectId: consumerSiem.objectId, principalType: "ServicePrincipal" },
        { name: "function", objectId: principalId, principalType: "ServicePrincipal" },
      ],
    });
    await sandbox.up("names", "--expect-no-changes");
    await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "names");
  });

  it("stop the preview with every mistake at once, each with the person or application", async () => {
    const group = {
      displayName: "sg-night",
      mailNickname: "night",
      mailEnabled: false,
      securityEnabled: true,
    };
    const ids = [
      (await sandbox.graph<{ id: string }>("POST", "groups", group)).id,
      (await sandbox.graph<{ id: string }>("POST", "groups", group)).id,
    ];
    const nobody = "11111111-2222-4333-8444-555555555555";
    sandbox.configure("wrong", {
      ...base,
      portalUsers: [
        { name: "Nobody", userPrincipalName: "nobody@contoso.onmicrosoft.com" },
        { name: "Night", groupName: "sg-night" },
        { name: "Megan", objectId: portalUserMegan.objectId, principalType: "Group" },
      ],
      consumers: [
        { name: "unknown", applicationId: nobody },
        { name: "gone", objectId: nobody, principalType: "ServicePrincipal" },
        {
          name: "registration",
          objectId: consumerSiem.applicationObjectId,
          principalType: "ServicePrincipal",
        },
        { name: "identity", managedIdentityId: `${sandbox.subscription}${identity}-gone` },
        {
          name: "owned",
          application: {
            owners: ["nobody@contoso.onmicrosoft.com", securityGroup.objectId],
            clientSecret: { endDate: "2099-01-01" },
          },
        },
      ],
    });
    const { said, changes } = await sandbox.refused("preview", "--stack", "wrong");
    expect(changes).toEqual([]);
    expect(said).toContain("9 mistakes in the configuration; nothing was changed.");
    for (const text of [
      "portalUsers[0].userPrincipalName: nobody@contoso.onmicrosoft.com",
      `2 groups in the tenant have this name: ${ids.join(" and ")}.`,
      "`principalType: User`, or correct the object id.",
      `consumers[0].applicationId: ${nobody}`,
      `consumers[1].objectId: ${nobody}`,
      `\`applicationId: ${consumerSiem.appId}\` instead`,
      "There is no user-assigned identity with this id.",
      "consumers[4].application.owners[0]: nobody@contoso.onmicrosoft.com",
      "It is the object id of a group, not of a user or service principal.",
    ]) {
      expect(said).toContain(text);
    }
    expect(said).not.toMatch(/\n\s+at /);
  });

  it("need a permission of Graph, which object ids do not need", async () => {
    const refuse = (method: string) =>
      sandbox.control("faults", {
        method,
        pathPattern: "^/v1.0/",
        answer: {
          status: 403,
          code: "Authorization_RequestDenied",
          message: "Insufficient privileges to complete the operation.",
        },
      });
    await refuse("GET");
    sandbox.configure("refused", {
      ...base,
      portalUsers: [{ name: "Alex", userPrincipalName: portalUserAlex.userPrincipalName }],
    });
    expect((await sandbox.refused("preview", "--stack", "refused")).said).toMatch(
      /portalUsers\[0\].userPrincipalName: [\s\S]*Authorization_RequestDenied[\s\S]*User\.ReadBasic\.All/,
    );
    await refuse("POST");
    sandbox.configure("refused", {
      ...base,
      portalUsers: [{ name: "Alex", objectId: portalUserAlex.objectId, principalType: "User" }],
    });
    expect(await sandbox.preview("refused")).toContain(
      `create RoleAssignment defender-ns1-contributor-${portalUserAlex.objectId}`,
    );
  });
});

describe("an application of the stack", () => {
  const first = { endDate: "2099-01-01" };

  it("has a service principal, an owner and a credential, and the consumer's roles", async () => {
    sandbox.configure("apps", { ...base, consumers: [federated, withSecret(first)] });
    await sandbox.up("apps");
    const { applications, requiredRoleAssignments: roles } = await sandbox.outputs("apps");
    const [pod, legacy] = applications;
    expect(pod?.federatedCredential).toEqual({
      issuer,
      subject: "system:serviceaccount:siem:reader",
      audience: "api://AzureADTokenExchange",
    });
    expect(legacy).toMatchObject({ name: "legacy", secretEndDate: "2099-01-01T00:00:00Z" });
    for (const application of applications) {
      const path = `applications(appId='${application.clientId}')`;
      expect(await sandbox.graph("GET", path)).toMatchObject({
        displayName: `defender-streaming-apps-${application.name}`,
      });
      const { value: owners } = await sandbox.graph<{ value: { id: string }[] }>("GET", `${path}/owners`);
      expect(owners.map(({ id }) => id)).toEqual([deployer.objectId]);
      expect(
        roles.filter(({ principalId }) => principalId === application.objectId).map(({ role }) => role),
      ).toEqual(["Reader", "Azure Event Hubs Data Receiver"]);
    }
  });

  it("shows its secret on request only", async () => {
    const secret = await secretOf("apps");
    expect(secret).toHaveLength(40);
    expect(await sandbox.ok("stack", "output", "--stack", "apps")).not.toContain(secret);
    expect(state()).not.toContain(secret);
    expect(JSON.stringify(sandbox.served())).not.toContain(secret);
  });

  it("stays as it is with the next deployment", () => sandbox.up("apps", "--expect-no-changes"));

  it("gets a new secret beside the old one, then loses the old one", async () => {
    const old = await secretOf("apps");
    sandbox.configure("apps", {
      ...base,
      consumers: [federated, withSecret({ endDate: "2099-07-01", keep: ["2099-01-01"] })],
    });
    expect(await changesOfApplications(() => sandbox.up("apps"))).toEqual(["POST addPassword"]);
    expect(await secretOf("apps")).not.toBe(old);
    sandbox.configure("apps", { ...base, consumers: [federated, withSecret({ endDate: "2099-07-01" })] });
    expect(await changesOfApplications(() => sandbox.up("apps"))).toEqual(["POST removePassword"]);
  });

  it("changes in place whose tokens it accepts", async () => {
    const other = {
      federatedCredential: {
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:contoso/siem:environment:production",
      },
    };
    sandbox.configure("apps", {
      ...base,
      consumers: [{ name: "pod", application: other }, withSecret({ endDate: "2099-07-01" })],
    });
    expect(await sandbox.preview("apps")).toEqual([
      "update ApplicationFederatedIdentityCredential defender-pod",
    ]);
    await sandbox.up("apps");
  });

  it("is deleted with the stack", async () => {
    const { applications } = await sandbox.outputs("apps");
    await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "apps");
    for (const { clientId } of applications) {
      await expect(sandbox.graph("GET", `applications(appId='${clientId}')`)).rejects.toThrow("404");
    }
  });
});
