import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startAzure } from "../../azure/server.ts";
import { clientSecret, deployer, portalUserAlex, subscriptionId, tenantId } from "../../azure/tenant.ts";
import { accountOf } from "../../plugins/account.ts";
import { AzureadProvider } from "../../plugins/azuread/azureadProvider.ts";
import { text } from "../../plugins/azuread/bridgedType.ts";
import { unknown, type Properties } from "../../plugins/properties.ts";
import { trust } from "../../testing/trust.ts";
import { resource } from "./fakeArm.ts";

const directory = mkdtempSync(join(tmpdir(), "azuread "));
const azure = await startAzure({ directory, requestLogs: [] });
trust(azure.caFile);
afterAll(async () => {
  await azure.close();
  rmSync(directory, { recursive: true });
});

const provider = new AzureadProvider("6.9.1", () =>
  accountOf({
    clientId: deployer.appId,
    clientSecret,
    tenantId,
    subscriptionId,
    metadataHost: `127.0.0.1:${String(azure.port)}`,
    disableInstanceDiscovery: true,
  }),
);
provider.configure({});

const token = (name: string) => `azuread:index/${name[0]?.toLowerCase() ?? ""}${name.slice(1)}:${name}`;
const application = resource(token("Application"));
const servicePrincipal = resource(token("ServicePrincipal"));
const password = resource(token("ApplicationPassword"));
const federated = resource(token("ApplicationFederatedIdentityCredential"));

const create = (type: ReturnType<typeof resource>, inputs: Properties, preview = false) =>
  provider.create({ ...type, inputs, preview });
const checked = (type: ReturnType<typeof resource>, newInputs: Properties) =>
  provider.check({ ...type, newInputs, oldInputs: {}, seed: new Uint8Array() });
const newApplication = (owners: string[] = [deployer.objectId]) =>
  create(application, { displayName: "reader", signInAudience: "AzureADMyOrg", owners });

const control = (method: string, path: string, body?: object) =>
  fetch(`https://127.0.0.1:${String(azure.port)}/sandbox/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });

test("what was created is waited for, and what is throttled is tried again", async () => {
  await control("POST", "conditions", { directoryLags: 0.5 });
  const { outputs } = await newApplication([portalUserAlex.objectId]);
  expect(outputs["owners"]).toEqual([portalUserAlex.objectId]);
  await control("POST", "faults", { method: "POST", pathPattern: "/servicePrincipals$", throttle: 1 });
  const { id } = await create(servicePrincipal, { clientId: outputs["clientId"] ?? null, owners: [] });
  await control("DELETE", "conditions");
  expect(await provider.read({ ...servicePrincipal, id, oldInputs: {}, oldOutputs: {} })).toBeDefined();
  const gone = `/applications/${portalUserAlex.objectId}`;
  expect(await provider.read({ ...application, id: gone, oldInputs: {}, oldOutputs: {} })).toBeUndefined();
});

test("a check adds the schema's defaults and names what is missing, malformed or unknown", async () => {
  expect((await checked(application, { displayName: "a" })).inputs).toEqual({
    displayName: "a",
    signInAudience: "AzureADMyOrg",
  });
  const { failures } = await checked(password, {
    endDate: "tomorrow",
    color: "red",
    applicationId: unknown,
  });
  expect(failures).toEqual([
    expect.stringContaining('expected "end_date" to be a valid RFC3339 date'),
    expect.stringContaining("'color'"),
  ]);
  expect((await checked(servicePrincipal, {})).failures).toEqual([
    expect.stringContaining('"client_id" is required'),
  ]);
});

test("a preview knows the inputs and nothing that Entra ID generates", async () => {
  const { id, outputs } = await create(application, { displayName: "a" }, true);
  expect(id).toBe("");
  expect(outputs).toMatchObject({ displayName: "a", clientId: unknown, objectId: unknown });
});

test("the creator of an application is its owner only if the program says so", async () => {
  const { outputs } = await newApplication([portalUserAlex.objectId]);
  expect(outputs["owners"]).toEqual([portalUserAlex.objectId]);
  expect((await newApplication([])).outputs["owners"]).toEqual([]);
});

test("ids are those of the Terraform provider, and are read again", async () => {
  const { id, outputs } = await newApplication();
  expect(id).toBe(`/applications/${text(outputs["objectId"])}`);
  const principal = await create(servicePrincipal, {
    clientId: outputs["clientId"],
    owners: [deployer.objectId],
  });
  expect(principal.id).toBe(`/servicePrincipals/${text(principal.outputs["objectId"])}`);
  const secret = await create(password, { applicationId: id, endDate: "2099-01-01T00:00:00Z" });
  expect(secret.id).toMatch(new RegExp(`^${text(outputs["objectId"])}/password/`));
  const read = await provider.read({
    ...password,
    id: secret.id,
    oldInputs: { applicationId: id },
    oldOutputs: secret.outputs,
  });
  expect(read).toMatchObject({
    inputs: { applicationId: id },
    outputs: { value: secret.outputs["value"], endDate: "2099-01-01T00:00:00Z" },
  });
});

test("another end date or application is another secret; another subject is the same credential", () => {
  const secret = { applicationId: "/applications/a", endDate: "2099-01-01T00:00:00Z" };
  const changes = (type: ReturnType<typeof resource>, newInputs: Properties, oldOutputs: Properties) =>
    provider.diff({ ...type, newInputs, oldInputs: {}, oldOutputs }).changes;
  expect(
    changes(password, { ...secret, endDate: "2099-07-01T00:00:00Z" }, { ...secret, displayName: "kept" }),
  ).toEqual(new Map([["endDate", { kind: "update", replaces: true }]]));
  expect(
    changes(
      federated,
      { subject: "b", audiences: ["x"] },
      { subject: "a", audiences: ["x"], description: "" },
    ),
  ).toEqual(new Map([["subject", { kind: "update", replaces: false }]]));
  expect(changes(application, { owners: ["a", "b"] }, { owners: ["b", "a"], tags: ["kept"] })).toEqual(
    new Map(),
  );
});

test("an update changes owners one by one, new ones first", async () => {
  const { id, outputs } = await newApplication();
  const newInputs = {
    displayName: "renamed",
    signInAudience: "AzureADMyOrg",
    owners: [portalUserAlex.objectId],
  };
  const after = await provider.update({
    ...application,
    id,
    oldInputs: {},
    oldOutputs: outputs,
    newInputs,
    preview: false,
  });
  expect(after).toMatchObject({ displayName: "renamed", owners: [portalUserAlex.objectId] });
});

test("a resource that is gone reads as absent, and so do the credentials of a deleted application", async () => {
  const { id } = await newApplication();
  const inputs = {
    applicationId: id,
    displayName: "consumer",
    issuer: "https://oidc.example",
    subject: "x",
    audiences: ["api://AzureADTokenExchange"],
  };
  const credential = await create(federated, inputs);
  await provider.delete({ ...application, id, oldOutputs: {} });
  for (const [type, gone] of [
    [application, id],
    [federated, credential.id],
  ] as const) {
    expect(await provider.read({ ...type, id: gone, oldInputs: {}, oldOutputs: {} })).toBeUndefined();
  }
});

test("a refusal is reported as the bridge reports it", async () => {
  await expect(create(servicePrincipal, { clientId: deployer.objectId })).rejects.toThrow(
    /^creating urn:.*: 1 error occurred:\n\t\* unexpected status 400 \(400 Bad Request\) with error: NoBackingApplicationObject: The appId/,
  );
});

test("the configured identity can be read; a function or type without a row is an error that names it", async () => {
  expect(await provider.invoke("azuread:index/getClientConfig:getClientConfig", {})).toEqual({
    id: `${tenantId}-${deployer.appId}-${deployer.objectId}`,
    clientId: deployer.appId,
    objectId: deployer.objectId,
    tenantId,
  });
  await expect(provider.invoke("azuread:index/getDomains:getDomains", {})).rejects.toThrow("getDomains");
  expect(() =>
    provider.diff({ ...resource(token("Group")), newInputs: {}, oldInputs: {}, oldOutputs: {} }),
  ).toThrow("Group");
});
