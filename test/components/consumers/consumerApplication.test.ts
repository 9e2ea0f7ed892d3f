import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import {
  ConsumerApplication,
  type ConsumerApplicationArgs,
} from "../../../components/consumers/consumerApplication.ts";
import { createApplications } from "../../../components/consumers/newConsumers.ts";
import { type Asked, resolved, resourcesOf } from "../mocks.ts";

const create = (args: Partial<ConsumerApplicationArgs>) =>
  resourcesOf(() => new ConsumerApplication("siem", { displayName: "siem", ...args }));
const ofType = (asked: Asked[], type: string) => asked.filter((one) => one.type.endsWith(`:${type}`));
const federatedCredential = { issuer: "https://oidc.example/", subject: "reader" };

describe("an application with a federated credential", async () => {
  const { result, asked } = await create({ federatedCredential });

  it("has a registration, its service principal and the credential, and no secret", () => {
    expect(asked.map(({ type }) => type.split(":").at(-1))).toEqual([
      "ConsumerApplication",
      "Application",
      "ServicePrincipal",
      "ApplicationFederatedIdentityCredential",
    ]);
    expect(result.clientSecret).toBeUndefined();
  });

  it("accepts exactly the tokens in the settings", () => {
    expect(ofType(asked, "ApplicationFederatedIdentityCredential")[0]?.inputs).toMatchObject({
      ...federatedCredential,
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(result.tokenClaims).toEqual({ ...federatedCredential, audience: "api://AzureADTokenExchange" });
  });

  it("is owned by its creator, and keeps that owner when somebody else deploys", () => {
    for (const type of ["Application", "ServicePrincipal"]) {
      expect(ofType(asked, type)[0]).toMatchObject({
        inputs: { owners: ["deployer"] },
        ignoreChanges: ["owners"],
      });
    }
  });
});

it("has the owners in the settings, and no others", async () => {
  const { asked } = await create({ federatedCredential, owners: ["a", "b"] });
  expect(ofType(asked, "Application")[0]).toMatchObject({
    inputs: { owners: ["a", "b"] },
    ignoreChanges: [],
  });
});

it("has a secret for each end date, however it is written; the newest one is a secret output", async () => {
  const { result, asked } = await create({
    clientSecret: { endDate: "2099-07-01", keep: ["2099-01-01T12:00:00+01:00"] },
  });
  expect(ofType(asked, "ApplicationPassword").map(({ name, inputs }) => [name, inputs["endDate"]])).toEqual([
    ["siem-until-2099-07-01", "2099-07-01T00:00:00Z"],
    ["siem-until-2099-01-01T11:00:00Z", "2099-01-01T11:00:00Z"],
  ]);
  const { clientSecret } = result;
  if (!clientSecret) throw new Error("There is no secret.");
  expect(await pulumi.isSecret(clientSecret)).toBe(true);
  expect(await resolved(clientSecret)).toBe("value of siem-until-2099-07-01");
});

describe("consumers", () => {
  const known = {
    name: "lake",
    objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
    principalType: "ServicePrincipal",
  } as const;
  const asked = [
    { name: "pod", application: { federatedCredential } },
    known,
    {
      name: "legacy",
      reads: ["storage"],
      application: { displayName: "Legacy", clientSecret: { endDate: "2099-01-01" } },
    },
  ] as const;
  const make = (consumers: typeof asked | readonly [typeof known]) =>
    resourcesOf(() =>
      createApplications("defender", { consumers, displayNamePrefix: "p-s", cloud: "public" }, {}),
    );

  it("keep their order, and each new one gets its service principal's id", async () => {
    const { result, asked: made } = await make(asked);
    expect(result.consumers.map(({ name, reads }) => [name, reads])).toEqual([
      ["pod", undefined],
      ["lake", undefined],
      ["legacy", ["storage"]],
    ]);
    expect(result.consumers[1]).toEqual(known);
    expect(ofType(made, "Application").map(({ name, inputs }) => [name, inputs["displayName"]])).toEqual([
      ["defender-pod", "p-s-pod"],
      ["defender-legacy", "Legacy"],
    ]);
  });

  it("have how to sign in as an output; their secrets are a separate output, by name", async () => {
    const { result } = await make(asked);
    const applications = await resolved(result.applications);
    expect(
      applications.map(({ name, secretEndDate, federatedCredential: claims }) => [
        name,
        secretEndDate,
        claims?.subject,
      ]),
    ).toEqual([
      ["pod", undefined, "reader"],
      ["legacy", "2099-01-01T00:00:00Z", undefined],
    ]);
    const { clientSecrets } = result;
    expect(await pulumi.isSecret(clientSecrets)).toBe(true);
    expect(await resolved(clientSecrets)).toEqual({ legacy: "value of defender-legacy-until-2099-01-01" });
  });

  it("that exist already bring no application and no secrets", async () => {
    const { result, asked: made } = await make([known]);
    expect(made).toEqual([]);
    expect(await resolved(result.clientSecrets)).toEqual({});
  });
});
