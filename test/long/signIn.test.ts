import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "defender-streaming-sandbox";
import { deployer, clientSecret, restrictedDeployer, tenantId } from "defender-streaming-sandbox/tenant";
import { certificatePassword, type SignIn, signIns, withSecret } from "defender-streaming-sandbox/signIns";
import { expect, it } from "vitest";
import { testSandbox, type TestSandbox } from "../engine/testSandbox.ts";
import { installInto, packLibrary } from "./packedLibrary.ts";

const sandbox = await testSandbox();

/** A dynamic resource, a look-up in Graph, and an application: each signs in by itself. */
const reader = { issuer: "https://issuer.example", subject: "reader" };
const settings = {
  layout: "single",
  hubName: "defender",
  tables: ["DeviceInfo"],
  protect: false,
  portalUsers: [{ name: "Alex", userPrincipalName: "alex.wilber@contoso.onmicrosoft.com" }],
};
const application = { consumers: [{ name: "reader", application: { federatedCredential: reader } }] };

async function deployAndRefresh(as: TestSandbox, stack: string): Promise<string> {
  await as.up(stack);
  await as.ok("refresh", "--yes", "--non-interactive", "--expect-no-changes", "--stack", stack);
  return as.ok("stack", "export", "--stack", stack);
}

// azuread takes no PEM, and one audience only.
const withoutApplication = ["certificate", "githubGovernment"];

it.each(Object.entries<SignIn>(signIns))("deploys with the variables of %s", async (name, signIn) => {
  const as = await sandbox.as(signIn);
  const stack = name.toLowerCase();
  as.configure(stack, { ...settings, ...(withoutApplication.includes(name) ? {} : application) });
  const state = await deployAndRefresh(as, stack);
  expect(state).not.toContain(clientSecret);
  expect(state).not.toContain(certificatePassword);
});

const asDeployer = { "azure-native:tenantId": tenantId, "azure-native:clientId": deployer.appId };

it("deploys with a secret in the stack's settings, and refreshes ten dynamic resources at once", async () => {
  // The settings come before the variables, which are somebody else's.
  const as = await sandbox.as(withSecret(restrictedDeployer));
  const tables = [
    "DeviceEvents",
    "DeviceFileCertificateInfo",
    "DeviceFileEvents",
    "DeviceImageLoadEvents",
    "DeviceInfo",
    "DeviceLogonEvents",
    "DeviceNetworkEvents",
    "DeviceNetworkInfo",
    "DeviceProcessEvents",
    "DeviceRegistryEvents",
  ];
  const storage = {
    destinations: ["storage"],
    tables,
    storage: { immutability: { days: 1 } },
    protect: false,
  };
  as.configure("settings", { ...storage, portalUsers: settings.portalUsers, ...asDeployer });
  as.addSecrets("settings", { "azure-native:clientSecret": clientSecret });
  const state = await deployAndRefresh(as, "settings");
  const { resources } = (JSON.parse(state) as { deployment: { resources: { type: string }[] } }).deployment;
  expect(resources.filter(({ type }) => type.endsWith(":ContainerImmutability"))).toHaveLength(10);
  expect(state).not.toContain(clientSecret);
});

it("deploys with a certificate in the stack's settings", async () => {
  const as = await sandbox.as(() => ({}));
  const variables = await signIns.pkcs12(as.azure);
  const path = variables.ARM_CLIENT_CERTIFICATE_PATH;
  as.configure("pfx", {
    ...settings,
    ...application,
    ...asDeployer,
    "azure-native:clientCertificatePath": path,
  });
  as.addSecrets("pfx", { "azure-native:clientCertificatePassword": certificatePassword });
  expect(await deployAndRefresh(as, "pfx")).not.toContain(certificatePassword);
});

it("moves from the variables to the stack's settings without a change in Azure", async () => {
  const as = await sandbox.as(() => ({}));
  as.configure("secret", { ...settings, ...application, ...asDeployer });
  as.addSecrets("secret", { "azure-native:clientSecret": clientSecret });
  // A refresh signs in as the last deployment did.
  const { said } = await as.refused("preview", "--non-interactive", "--stack", "secret");
  expect(said).toContain("`pulumi up --refresh=false`");
  expect(await as.preview("secret", "--refresh=false")).toEqual(["create azuread directory"]);
  expect(await as.changes(() => as.up("secret", "--refresh=false"))).toEqual([]);
  await as.up("secret", "--expect-no-changes");
});

it("preflight and prove sign in with the stack's settings", async () => {
  const as = await sandbox.as(withSecret(restrictedDeployer));
  const { stdout } = await as.tool("preflight", "--stack", "secret", "--json");
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ check: "sign-in", what: expect.stringContaining(deployer.appId) as string }),
  );
  const { code, stderr } = await as.tool("prove", "hub-policy", "--stack", "secret");
  expect([code, stderr]).toEqual([1, ""]);
});

it("says in one sentence that nobody is signed in", async () => {
  const as = await sandbox.as(() => ({}));
  as.configure("nobody", settings);
  const { said } = await as.refused("preview", "--non-interactive", "--stack", "nobody");
  expect(said).toMatch(/error: Not signed in to Azure: Please run 'az login'/);
  expect(said).not.toMatch(/^\s+at /m);
});

it("refuses a secret in clear before anything is made", async () => {
  const as = await sandbox.as(() => ({}));
  as.configure("clear", { ...settings, ...asDeployer, "azure-native:clientSecret": clientSecret });
  const { said, changes } = await as.refused("preview", "--non-interactive", "--stack", "clear");
  expect(said).toContain("pulumi config set --secret azure-native:clientSecret");
  expect(changes).toEqual([]);
});

it("refuses a library's provider that acts as somebody else before anything is made", async ({
  onTestFinished,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "defender streaming "));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const example = join(checkout, "examples", "library");
  const program = installInto(example, packLibrary(folder), join(folder, "library"));
  const { appId } = restrictedDeployer;
  writeFileSync(
    join(program, "index.ts"),
    [
      'import { Provider } from "@pulumi/azure-native/provider.js";',
      'import { defenderStreaming } from "defender-streaming";',
      `const signIn = ${JSON.stringify({ tenantId, clientId: appId, clientSecret })};`,
      'const provider = new Provider("security", signIn);',
      'await defenderStreaming("defender", { location: "westeurope", protect: false }, { provider });',
    ].join("\n"),
  );
  const ours = await testSandbox(process.env, program, onTestFinished);
  cpSync(join(example, "Pulumi.dev.yaml"), join(ours.stackFiles, "Pulumi.dev.yaml"));
  const { said, changes } = await ours.refused("preview", "--non-interactive", "--stack", "dev");
  expect(said).toMatch(
    new RegExp(
      `options\\.provider: ${appId}[^]*acts as ${restrictedDeployer.objectId}[^]*act as ${deployer.objectId}`,
    ),
  );
  expect(said).not.toMatch(/^\s+at /m);
  expect(changes).toEqual([]);
});
