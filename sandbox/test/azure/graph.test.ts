import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import {
  consumerSiem,
  deployer,
  portalUserAlex,
  portalUserMegan,
  securityGroup,
} from "../../azure/tenant.ts";
import { message, refusal, type Reply, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();

interface Object {
  id: string;
  appId: string;
}

const listed = ({ body }: Reply) => (body as { value: Record<string, unknown>[] }).value;
const made = async (path: string, body: unknown): Promise<Object> => {
  const reply = await azure.graph("POST", path, body);
  expect(reply.status).toBe(201);
  return reply.body as Object;
};
const application = (displayName = "reader") => made("applications", { displayName });
const ownerAddress = (id: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;

test("a person is found by id, and by name with a filter in any letter case; `$select` chooses the properties", async () => {
  const filter = (text: string) =>
    azure.graph("GET", `users?$filter=${encodeURIComponent(text)}&$select=id,userType`);
  const name = portalUserAlex.userPrincipalName;
  expect(listed(await filter(`userPrincipalName eq '${name.toUpperCase()}'`))).toEqual([
    { id: portalUserAlex.objectId, userType: "Member" },
  ]);
  expect(listed(await filter(`userPrincipalName eq 'nobody@contoso.onmicrosoft.com'`))).toEqual([]);
  expect((await azure.graph("GET", `users/${name}`)).body).toMatchObject({
    id: portalUserAlex.objectId,
    userPrincipalName: name,
  });
  expect((await azure.graph("GET", `users/${name}`)).body).not.toHaveProperty("userType");
});

test("two groups with the same name are two results; an apostrophe in a name is written twice", async () => {
  const group = {
    displayName: "SOC's night",
    mailNickname: "night",
    mailEnabled: false,
    securityEnabled: true,
  };
  const ids = [(await made("groups", group)).id, (await made("groups", group)).id];
  const filter = encodeURIComponent("displayName eq 'soc''s night' and securityEnabled eq true");
  expect(listed(await azure.graph("GET", `groups?$filter=${filter}`)).map(({ id }) => id)).toEqual(ids);
});

test("an application's service principal is found by client id, as key and as filter", async () => {
  const { appId, objectId } = consumerSiem;
  expect((await azure.graph("GET", `servicePrincipals(appId='${appId}')`)).body).toMatchObject({
    id: objectId,
    appId,
  });
  expect(listed(await azure.graph("GET", `servicePrincipals?$filter=appId eq '${appId}'`))).toMatchObject([
    { id: objectId },
  ]);
});

test("ids are found with their type, whatever they belong to; unknown ids are omitted", async () => {
  const ids = [
    portalUserMegan.objectId,
    securityGroup.objectId,
    deployer.objectId,
    deployer.applicationObjectId,
    deployer.appId,
  ];
  const found = listed(await azure.graph("POST", "directoryObjects/getByIds", { ids }));
  expect(found.map((object) => object["@odata.type"])).toEqual([
    "#microsoft.graph.user",
    "#microsoft.graph.group",
    "#microsoft.graph.servicePrincipal",
    "#microsoft.graph.application",
  ]);
});

test("an application's service principal and credentials are deleted with it", async () => {
  const { id, appId } = await application();
  const principal = await made("servicePrincipals", { appId });
  expect((await azure.graph("GET", `servicePrincipals/${principal.id}`)).body).toMatchObject({
    displayName: "reader",
    servicePrincipalNames: [appId],
  });
  const assignment = `${await azure.group()}/providers/Microsoft.Authorization/roleAssignments/0b8f0a3d-1d4e-4f2a-9a51-5b7f8c1e2d30`;
  const properties = {
    principalId: principal.id,
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
  };
  expect((await azure.arm("PUT", assignment, { properties })).status).toBe(201);
  expect((await azure.graph("DELETE", `applications/${id}`)).status).toBe(204);
  expect(refusal(await azure.graph("GET", `applications/${id}`))).toBe("404 Request_ResourceNotFound");
  expect(refusal(await azure.graph("GET", `servicePrincipals/${principal.id}`))).toBe(
    "404 Request_ResourceNotFound",
  );
});

test("each service principal needs another application", async () => {
  expect(refusal(await azure.graph("POST", "servicePrincipals", { appId: deployer.objectId }))).toBe(
    "400 NoBackingApplicationObject",
  );
  expect(refusal(await azure.graph("POST", "servicePrincipals", { appId: deployer.appId }))).toBe(
    "409 Request_MultipleObjectsWithSameKeyValue",
  );
});

test("owners are people and service principals, each once", async () => {
  const { id } = await made("applications", {
    displayName: "owned",
    "owners@odata.bind": [ownerAddress(deployer.objectId)],
  });
  const add = (owner: string) =>
    azure.graph("POST", `applications/${id}/owners/$ref`, { "@odata.id": ownerAddress(owner) });
  expect((await add(portalUserAlex.objectId)).status).toBe(204);
  expect(refusal(await add(portalUserAlex.objectId))).toBe("400 Request_BadRequest");
  expect(message(await add(securityGroup.objectId))).toContain("invalid for the 'owners' reference");
  expect(refusal(await add(consumerSiem.appId))).toBe("404 Request_ResourceNotFound");
  const owners = async () =>
    listed(await azure.graph("GET", `applications/${id}/owners`)).map((owner) => owner["id"]);
  expect(await owners()).toEqual([deployer.objectId, portalUserAlex.objectId]);
  expect((await azure.graph("DELETE", `applications/${id}/owners/${deployer.objectId}/$ref`)).status).toBe(
    204,
  );
  expect(await owners()).toEqual([portalUserAlex.objectId]);
});

test("a secret is shown once: neither the application nor the log nor the state has it", async () => {
  const { id } = await application();
  const reply = await azure.graph("POST", `applications/${id}/addPassword`, {
    passwordCredential: { displayName: "first", endDateTime: "2099-01-01T00:00:00Z" },
  });
  const { secretText, keyId } = reply.body as { secretText: string; keyId: string };
  expect(secretText).toHaveLength(40);
  const shown = (await azure.graph("GET", `applications/${id}`)).body;
  expect(shown).toMatchObject({
    passwordCredentials: [
      { keyId, hint: secretText.slice(0, 3), endDateTime: "2099-01-01T00:00:00Z", secretText: null },
    ],
  });
  for (const file of ["requests.jsonl", "azure.json"]) {
    expect(readFileSync(join(azure.directory, file), "utf8")).not.toContain(secretText);
  }
  expect((await azure.graph("POST", `applications/${id}/removePassword`, { keyId })).status).toBe(204);
  expect(refusal(await azure.graph("POST", `applications/${id}/removePassword`, { keyId }))).toBe(
    "400 Request_BadRequest",
  );
});

test("a secret that ends before it begins is refused", async () => {
  const { id } = await application();
  const passwordCredential = { endDateTime: "2020-01-01T00:00:00Z" };
  expect(refusal(await azure.graph("POST", `applications/${id}/addPassword`, { passwordCredential }))).toBe(
    "400 KeyCredentialsInvalidEndDate",
  );
});

const credential = {
  name: "cluster",
  issuer: "https://oidc.example/cluster/",
  subject: "system:serviceaccount:siem:reader",
  audiences: ["api://AzureADTokenExchange"],
};

test("a federated credential is created, changed in place except for its name, and deleted", async () => {
  const { id } = await application();
  const path = `applications/${id}/federatedIdentityCredentials`;
  const { id: credentialId } = await made(path, credential);
  const subject = "system:serviceaccount:siem:writer";
  expect((await azure.graph("PATCH", `${path}/${credentialId}`, { ...credential, subject })).status).toBe(
    204,
  );
  expect((await azure.graph("GET", `${path}/${credentialId}`)).body).toMatchObject({
    ...credential,
    subject,
  });
  expect(refusal(await azure.graph("PATCH", `${path}/${credentialId}`, { name: "other" }))).toBe(
    "400 Request_BadRequest",
  );
  expect((await azure.graph("DELETE", `${path}/${credentialId}`)).status).toBe(204);
  expect(listed(await azure.graph("GET", path))).toEqual([]);
});

test.each([
  [
    "a name that exists already",
    { issuer: "https://other.example" },
    "409 Request_MultipleObjectsWithSameKeyValue",
  ],
  [
    "issuer and subject that exist already",
    { name: "second" },
    "400 InvalidFederatedIdentityCredentialValue",
  ],
  ["a name with a space", { name: "a name", subject: "x" }, "400 InvalidFederatedIdentityCredentialValue"],
  [
    "an issuer that is not a URL",
    { name: "second", issuer: "cluster" },
    "400 InvalidFederatedIdentityCredentialValue",
  ],
  [
    "a subject of 601 characters",
    { name: "second", subject: "x".repeat(601) },
    "400 InvalidFederatedIdentityCredentialValue",
  ],
  [
    "two audiences",
    { name: "second", subject: "x", audiences: ["a", "b"] },
    "400 InvalidFederatedIdentityCredentialValue",
  ],
])("a federated credential with %s is refused", async (_, changes, answer) => {
  const { id } = await application();
  const path = `applications/${id}/federatedIdentityCredentials`;
  await made(path, credential);
  expect(refusal(await azure.graph("POST", path, { ...credential, ...changes }))).toBe(answer);
});

test("the twenty-first federated credential is refused", async () => {
  const { id } = await application();
  const path = `applications/${id}/federatedIdentityCredentials`;
  for (let index = 0; index < 20; index++) {
    await made(path, { ...credential, name: `cluster-${String(index)}`, subject: String(index) });
  }
  expect(refusal(await azure.graph("POST", path, credential))).toBe("400 Request_BadRequest");
});

test.each([
  [
    "a property that does not exist",
    "POST",
    "applications",
    { displayName: "x", color: "red" },
    "400 Request_BadRequest",
  ],
  ["an application without a name", "POST", "applications", {}, "400 Request_BadRequest"],
  [
    "a filter on a property that does not exist",
    "GET",
    "users?$filter=color eq 'red'",
    undefined,
    "400 BadRequest",
  ],
  ["a filter that it cannot read", "GET", "users?$filter=displayName", undefined, "400 BadRequest"],
  ["a path that does not exist", "GET", "nonsense", undefined, "400 BadRequest"],
  ["an unknown id", "GET", `directoryObjects/${deployer.appId}`, undefined, "404 Request_ResourceNotFound"],
])("%s is refused in Graph's words", async (_, method, path, body, answer) => {
  const reply = await azure.graph(method, path, body);
  expect(refusal(reply)).toBe(answer);
  expect(reply.body).toMatchObject({ error: { innerError: { "request-id": expect.any(String) as string } } });
});

test("Graph only accepts its own tokens, and ARM none of Graph's", async () => {
  const tokenFor = async (scope: string) =>
    ((await azure.signIn({ scope })).body as { access_token: string }).access_token;
  const get = async (path: string, token?: string) => {
    const response = await fetch(`${azure.origin}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  const forArm = await tokenFor("https://management.azure.com/.default");
  const forGraph = await tokenFor("https://graph.microsoft.com/.default");
  expect(message(await get("/v1.0/users"))).toBe("Access token is empty.");
  expect(message(await get("/v1.0/users", forArm))).toContain("Invalid audience");
  expect((await get("/v1.0/users", forGraph)).status).toBe(200);
  expect(refusal(await get(`${subscription}?api-version=2022-09-01`, forGraph))).toBe(
    "401 InvalidAuthenticationTokenAudience",
  );
});

test("a test can take a permission away", async () => {
  await azure.control("POST", "faults", {
    method: "GET",
    pathPattern: "^/v1.0/users",
    answer: {
      status: 403,
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    },
  });
  expect(refusal(await azure.graph("GET", "users"))).toBe("403 Authorization_RequestDenied");
});
