import { execFileSync } from "node:child_process";
import { createHash, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from "@azure/identity";
import { afterAll, afterEach, expect, test } from "vitest";

import {
  deployer,
  deployerElsewhere,
  restrictedDeployer,
  subscriptionId,
  tenantId,
} from "../../azure/tenant.ts";
import { installAzureCli } from "../../azureCli/install.ts";
import { applicationCertificate, writePkcs12 } from "../../testing/certificate.ts";
import {
  certificatePassword,
  exchangeAudience,
  governmentAudience,
  registerCertificate,
  signIns,
  trustIssuer,
} from "../../testing/signIns.ts";
import { refusal, subscription, testAzure } from "../../testing/testAzure.ts";

const azure = await testAzure();
const authority = { authorityHost: azure.origin, disableInstanceDiscovery: true };
const folder = mkdtempSync(join(tmpdir(), "signIns "));
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const tokenOf = async (credential: TokenCredential) => {
  const token = await credential.getToken("https://management.azure.com/.default");
  if (!token) throw new Error("There is no token.");
  return token.token;
};

/** What ARM answers to the token of a credential. */
const armAnswers = async (credential: TokenCredential) => {
  const headers = { authorization: `Bearer ${await tokenOf(credential)}` };
  const response = await fetch(`${azure.origin}${subscription}?api-version=2022-09-01`, { headers });
  return { status: response.status, body: await response.json(), headers: response.headers };
};

const acts = async (credential: TokenCredential) => {
  expect((await armAnswers(credential)).status).toBe(200);
  return (
    JSON.parse(Buffer.from((await tokenOf(credential)).split(".")[1] ?? "", "base64url").toString()) as {
      oid: string;
    }
  ).oid;
};

const assertionOf = async (form: {
  issuer: string;
  subject: string;
  audience: string;
  lifetimeSeconds?: number;
}) => ((await azure.control("POST", "idToken", form)).body as { value: string }).value;

const presented = async (assertion: string) => {
  const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  const { status, body } = await azure.signIn({ client_assertion: assertion, client_assertion_type: type });
  return status === 200
    ? "accepted"
    : /AADSTS\d+/.exec((body as { error_description: string }).error_description)?.[0];
};

test("a certificate signs in once it is registered with the application", async () => {
  const { ARM_CLIENT_CERTIFICATE_PATH: path } = await signIns.certificate(azure.address);
  const credential = new ClientCertificateCredential(tenantId, deployer.appId, path, authority);
  expect(await acts(credential)).toBe(deployer.objectId);

  const { pem } = await applicationCertificate();
  const other = new ClientCertificateCredential(tenantId, deployer.appId, { certificate: pem }, authority);
  await expect(tokenOf(other)).rejects.toThrow(/AADSTS700027.*not registered on application/);
});

test("an assertion that another key has signed is refused, whatever certificate it names", async () => {
  const [registered, other] = [await applicationCertificate(), await applicationCertificate()];
  await registerCertificate(azure.address, registered.der);
  const [, key = ""] = /(-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----)/.exec(other.pem) ?? [];
  const [, certificate = ""] = /(-----BEGIN CERTIFICATE-----[^]*)/.exec(registered.pem) ?? [];
  const forged = new ClientCertificateCredential(
    tenantId,
    deployer.appId,
    { certificate: `${key}\n${certificate}` },
    authority,
  );
  await expect(tokenOf(forged)).rejects.toThrow(/AADSTS700027.*invalid signature/);
});

test("an assertion with the older signature and thumbprint is accepted, for this application and this tenant", async () => {
  const { der, pem } = await applicationCertificate();
  await registerCertificate(azure.address, der);
  const x5t = createHash("sha1").update(Buffer.from(der, "base64")).digest("base64url");
  const signed = (claims: object) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const exp = Math.floor(azure.now / 1000) + 60;
    const content = `${part({ alg: "RS256", x5t })}.${part({ ...own, exp, ...claims })}`;
    return `${content}.${sign("sha256", Buffer.from(content), pem).toString("base64url")}`;
  };
  const own = { iss: deployer.appId, sub: deployer.appId, aud: `${azure.origin}/${tenantId}/v2.0` };
  expect(await presented(signed({}))).toBe("accepted");
  expect(await presented(signed({ iss: tenantId, sub: tenantId }))).toBe("AADSTS700021");
  expect(await presented(signed({ aud: azure.origin }))).toBe("AADSTS700023");
  expect(await presented(signed({ exp: 1 }))).toBe("AADSTS700024");
});

test("a PKCS#12 file holds the same certificate and key, behind its password", async () => {
  const { ARM_CLIENT_CERTIFICATE_PATH: file } = await signIns.pkcs12(azure.address);
  const args = ["pkcs12", "-in", file, "-nodes", "-passin", `pass:${certificatePassword}`];
  const pem = execFileSync("openssl", args, { encoding: "utf8" });
  const credential = new ClientCertificateCredential(
    tenantId,
    deployer.appId,
    { certificate: pem },
    authority,
  );
  expect(await acts(credential)).toBe(deployer.objectId);
  writePkcs12(join(file, "..", "deployer.pem"), join(folder, "without-password.pfx"), "");
  expect(() => execFileSync("openssl", [...args.slice(0, -1), "pass:wrong"], { stdio: "pipe" })).toThrow();
});

test("a token of a trusted issuer signs in; issuer, subject and audience must match, and the time", async () => {
  const trusted = { issuer: "https://issuer.example", subject: "job" };
  await trustIssuer(azure.address, trusted);
  const audience = exchangeAudience;
  expect(await presented(await assertionOf({ ...trusted, audience }))).toBe("accepted");
  expect(await presented(await assertionOf({ ...trusted, issuer: "https://other.example", audience }))).toBe(
    "AADSTS700211",
  );
  expect(await presented(await assertionOf({ ...trusted, subject: "Job", audience }))).toBe("AADSTS700213");
  expect(await presented(await assertionOf({ ...trusted, audience: governmentAudience }))).toBe(
    "AADSTS700212",
  );
  expect(await presented(await assertionOf({ ...trusted, audience, lifetimeSeconds: -1 }))).toBe(
    "AADSTS700024",
  );
  const [header, claims] = (await assertionOf({ ...trusted, audience })).split(".");
  expect(await presented(`${String(header)}.${String(claims)}.c2lnbmVk`)).toBe("AADSTS50013");
  expect(await presented("nothing")).toBe("AADSTS50027");
});

test("who sends neither a secret nor an assertion has not said who it is", async () => {
  const form = { grant_type: "client_credentials", client_id: deployer.appId, scope: "x/.default" };
  const body = new URLSearchParams(form);
  const answer = await fetch(`${azure.origin}/${tenantId}/oauth2/v2.0/token`, { method: "POST", body });
  expect(answer.status).toBe(401);
  expect(await answer.text()).toContain("AADSTS7000218");
});

test("a job of GitHub Actions asks for its ID token with the audience it needs, also that of the government", async () => {
  for (const audience of [exchangeAudience, governmentAudience]) {
    const signIn = audience === exchangeAudience ? signIns.github : signIns.githubGovernment;
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = (await signIn(
      azure.address,
    )) as Record<string, string>;
    const ask = async (bearer: string) =>
      fetch(`${String(url)}&audience=${encodeURIComponent(audience)}`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
    const assertion = async () => ((await (await ask(String(token))).json()) as { value: string }).value;
    const credential = new ClientAssertionCredential(tenantId, deployer.appId, assertion, authority);
    expect(await acts(credential)).toBe(deployer.objectId);
    expect((await ask("wrong")).status).toBe(401);
  }
});

test("a machine's own identity signs in, and an assigned one by its client id", async () => {
  Object.assign(process.env, signIns.systemAssignedIdentity(azure.address));
  expect(await acts(new ManagedIdentityCredential())).toBe(deployer.objectId);
  const restricted = new ManagedIdentityCredential({ clientId: restrictedDeployer.appId });
  expect(refusal(await armAnswers(restricted))).toBe("403 AuthorizationFailed");
  const unknown = new ManagedIdentityCredential({ clientId: tenantId });
  await expect(tokenOf(unknown)).rejects.toThrow(/No User Assigned or Delegated Managed Identity found/);
  const asked = "?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com";
  const headers = { "x-identity-header": "wrong" };
  expect((await fetch(`${String(process.env["IDENTITY_ENDPOINT"])}${asked}`, { headers })).status).toBe(401);
});

test("a workload identity signs in with the token file of its pod", async () => {
  Object.assign(process.env, await signIns.workloadIdentity(azure.address));
  expect(await acts(new WorkloadIdentityCredential({ disableInstanceDiscovery: true }))).toBe(
    deployer.objectId,
  );
});

test("the stand-in for az gives the token of the subscription's tenant, and notes what it was called with", async () => {
  process.env["PATH"] = [installAzureCli(folder), before["PATH"]].join(delimiter);
  process.env["NODE_EXTRA_CA_CERTS"] = azure.address.caFile;
  process.env["AZURE_CONFIG_DIR"] = join(folder, "nobody");
  await expect(tokenOf(new AzureCliCredential())).rejects.toThrow(/az login/);

  Object.assign(process.env, signIns.cli(azure.address));
  expect(await acts(new AzureCliCredential())).toBe(deployer.objectId);

  const several = signIns.cliOfSeveralTenants(azure.address);
  Object.assign(process.env, several);
  const answer = await armAnswers(new AzureCliCredential());
  expect(answer.status).toBe(401);
  expect(refusal(answer)).toBe("401 InvalidAuthenticationTokenTenant");
  expect(await acts(new AzureCliCredential({ subscription: subscriptionId }))).toBe(deployer.objectId);
  expect(await acts(new AzureCliCredential({ tenantId }))).toBe(deployer.objectId);
  const both = new AzureCliCredential({ tenantId, subscription: subscriptionId });
  await expect(tokenOf(both)).rejects.toThrow(/only one of subscription and tenant/);
  await expect(tokenOf(new AzureCliCredential({ subscription: tenantId }))).rejects.toThrow(/not found/);
  const calls = readFileSync(join(several.AZURE_CONFIG_DIR, "az.jsonl"), "utf8").trim().split("\n");
  expect(JSON.parse(calls[1] ?? "")).toEqual([
    ...["account", "get-access-token", "--output", "json"],
    ...["--resource", "https://management.azure.com", "--subscription", subscriptionId],
  ]);
}, 30_000);

test("the same application is somebody else in another tenant, whom Graph does not know here", async () => {
  const { status, body } = await azure.signIn(
    { scope: "https://graph.microsoft.com/.default" },
    deployerElsewhere.tenantId,
  );
  expect(status).toBe(200);
  const headers = { authorization: `Bearer ${(body as { access_token: string }).access_token}` };
  const answer = await fetch(`${azure.origin}/v1.0/users`, { headers });
  expect(answer.status).toBe(403);
});

test("no token of anybody is in the request log", () => {
  expect(JSON.stringify(azure.log())).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
});
