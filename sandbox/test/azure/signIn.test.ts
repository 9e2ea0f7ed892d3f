import { expect, test } from "vitest";

import { deployer, tenantId } from "../../azure/tenant.ts";
import { message, refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();

const arm = (token: string | undefined) =>
  fetch(`${azure.origin}${subscription}?api-version=2022-09-01`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

test("the metadata of 2022-09-01 is one cloud with addresses on this machine only", async () => {
  const response = await fetch(`${azure.origin}/metadata/endpoints?api-version=2022-09-01`);
  expect(await response.json()).toMatchObject({
    authentication: { loginEndpoint: azure.origin },
    resourceManager: `${azure.origin}/`,
    microsoftGraphResourceId: `${azure.origin}/`,
  });
});

test("older metadata are a list of clouds, and the oldest are the short object of Azure Stack", async () => {
  const list = await fetch(`${azure.origin}/metadata/endpoints?api-version=2019-05-01`);
  expect(await list.json()).toMatchObject([{ resourceManager: `${azure.origin}/` }]);
  const short = await fetch(`${azure.origin}/metadata/endpoints?api-version=2015-01-01`);
  expect(await short.json()).toMatchObject({ authentication: { loginEndpoint: `${azure.origin}/` } });
});

test("the deployer's client secret gets a token that ARM accepts", async () => {
  const { status, body } = await azure.signIn();
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3599 });
  expect((await arm((body as { access_token: string }).access_token)).status).toBe(200);
});

test.each([
  ["a wrong secret", { client_secret: "wrong" }, 401, "AADSTS7000215"],
  ["an application outside of the tenant", { client_id: tenantId }, 400, "AADSTS700016"],
  ["another grant", { grant_type: "password" }, 400, "AADSTS70003"],
  ["a scope without /.default", { scope: "https://management.azure.com" }, 400, "AADSTS1002012"],
])("sign-in refuses %s", async (_, form, status, code) => {
  const answer = await azure.signIn(form);
  expect(answer.status).toBe(status);
  expect((answer.body as { error_description: string }).error_description).toMatch(new RegExp(`^${code}:`));
});

test("sign-in knows no other tenant", async () => {
  const response = await fetch(`${azure.origin}/${deployer.objectId}/v2.0/.well-known/openid-configuration`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("AADSTS90002");
});

test("ARM refuses requests without a token, and with a forged, foreign or expired one", async () => {
  const code = async (token: string | undefined) => {
    const response = await arm(token);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain(tenantId);
    return ((await response.json()) as { error: { code: string } }).error.code;
  };
  const { access_token: token } = (await azure.signIn()).body as { access_token: string };
  const graph = (await azure.signIn({ scope: "https://vault.azure.net/.default" })).body as {
    access_token: string;
  };
  expect(await code(undefined)).toBe("AuthenticationFailed");
  expect(await code(`${token}x`)).toBe("InvalidAuthenticationToken");
  expect(await code(graph.access_token)).toBe("InvalidAuthenticationTokenAudience");
  azure.pass(3600_000);
  expect(await code(token)).toBe("ExpiredAuthenticationToken");
});

test("the api-version is required, a date, and one the type has", async () => {
  const { access_token: token } = (await azure.signIn()).body as { access_token: string };
  const get = async (path: string) => {
    const response = await fetch(`${azure.origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  const namespaces = `${subscription}/providers/Microsoft.EventHub/namespaces`;
  expect(refusal(await get(namespaces))).toBe("400 MissingApiVersionParameter");
  expect(refusal(await get(`${namespaces}?api-version=latest`))).toBe("400 InvalidApiVersionParameter");
  const unknown = await get(`${namespaces}?api-version=2023-12-31`);
  expect(refusal(unknown)).toBe("404 InvalidResourceType");
  expect(message(unknown)).toContain("2024-01-01");
  expect(
    refusal(await get(`${subscription}/providers/Microsoft.EventHub/nonsense?api-version=2024-01-01`)),
  ).toBe("404 InvalidResourceType");
});
