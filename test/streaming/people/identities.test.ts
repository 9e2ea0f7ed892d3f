import { describe, expect, test } from "vitest";
import type { ConsumerApplication } from "../../../streaming/people/application.ts";
import { instantOf } from "../../../streaming/people/instants.ts";
import { claimsOf } from "../../../streaming/people/federatedCredential.ts";
import { graphUses } from "../../../streaming/people/graphPermissions.ts";
import type { AskedConsumer, AskedPortalUser } from "../../../streaming/people/identities.ts";
import { givenIds, idMistakes, nameMistakes, unansweredMistake } from "../../../streaming/people/notFound.ts";
import { pastSecrets } from "../../../streaming/people/applicationRules.ts";
import { mistakesWith } from "../requests.ts";

const id = "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11";
const identityId =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/siem";
const credential = { issuer: "https://oidc.example/", subject: "reader" };
const upn = "alex@contoso.com";

describe("accepted", () => {
  test.each<[string, Partial<AskedPortalUser>]>([
    ["a person by name", { userPrincipalName: upn }],
    ["a guest", { userPrincipalName: "alex_fabrikam.com#EXT#@contoso.onmicrosoft.com" }],
    ["a group by name, with its type", { groupName: "Security operations", principalType: "Group" }],
    ["an object id with its type", { objectId: id, principalType: "User" }],
  ])("%s", (_, who) => {
    expect(mistakesWith({ portalUsers: [{ name: "a", ...who }] })).toEqual([]);
  });

  test.each<[string, Partial<AskedConsumer>]>([
    ["an application by its client id", { applicationId: id }],
    ["a managed identity, letter case ignored", { managedIdentityId: identityId.toUpperCase() }],
    ["a federated credential", { application: { federatedCredential: credential } }],
    [
      "a service account",
      {
        application: {
          federatedCredential: {
            kubernetes: { issuer: "https://o.example", namespace: "a-1", serviceAccount: "b.c" },
          },
        },
      },
    ],
    [
      "a pull request's workflow",
      {
        application: {
          federatedCredential: {
            issuer: "https://token.actions.githubusercontent.com",
            subject: "repo:o/r:pull_request",
          },
        },
      },
    ],
    [
      "a secret beside an earlier one",
      { application: { clientSecret: { endDate: "2099-01-01", keep: ["2098-01-01"] } } },
    ],
    ["owners by name and id", { application: { owners: [upn, id], federatedCredential: credential } }],
  ])("%s", (_, who) => {
    expect(mistakesWith({ consumers: [{ name: "a", ...who }] })).toEqual([]);
  });
});

describe("refused", () => {
  test.each<[string, Partial<AskedPortalUser>, key: string, rule: RegExp, fix: RegExp]>([
    [
      "none of the three keys",
      {},
      "portalUsers[0]",
      /exactly one of `objectId`, `userPrincipalName` and `groupName`/,
      /userPrincipalName: /,
    ],
    [
      "two of the three keys",
      { userPrincipalName: upn, groupName: "SOC" },
      "portalUsers[0].groupName",
      /`userPrincipalName` is given/,
      /[Rr]emove/,
    ],
    [
      "an object id without type",
      { objectId: id },
      "portalUsers[0].principalType",
      /required with `objectId`/,
      /User, Group or ServicePrincipal/,
    ],
    [
      "a type that the name contradicts",
      { groupName: "SOC", principalType: "User" },
      "portalUsers[0].principalType",
      /always a Group/,
      /Group/,
    ],
    [
      "a mailbox without a domain",
      { userPrincipalName: "alex" },
      "portalUsers[0].userPrincipalName",
      /@/,
      /groupName/,
    ],
    [
      "a group with a space at the end",
      { groupName: "SOC " },
      "portalUsers[0].groupName",
      /no space/,
      /display name/,
    ],
  ])("%s", (_, who, key, rule, fix) => {
    const [mistake, ...others] = mistakesWith({ portalUsers: [{ name: "a", ...who }] });
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({
      key,
      rule: expect.stringMatching(rule) as string,
      fix: expect.stringMatching(fix) as string,
    });
  });

  test("the same person twice by the same name", () => {
    const users = [
      { name: "a", userPrincipalName: upn },
      { name: "b", userPrincipalName: upn.toUpperCase() },
    ];
    expect(mistakesWith({ portalUsers: users }).map(({ key }) => key)).toEqual([
      "portalUsers[1].userPrincipalName",
    ]);
  });

  const github = "https://token.actions.githubusercontent.com";
  const aks = "https://westeurope.oic.prod-aks.azure.com/7c3b/1f0e/";
  const federated = (federatedCredential: ConsumerApplication["federatedCredential"]) => ({
    federatedCredential,
  });
  const kubernetes = { issuer: "https://o.example", namespace: "siem", serviceAccount: "reader" };
  test.each<[string, ConsumerApplication, key: string, rule: RegExp]>([
    ["no credential", {}, "", /one credential/],
    [
      "two credentials",
      { federatedCredential: credential, clientSecret: { endDate: "2099-01-01" } },
      ".clientSecret",
      /one credential/,
    ],
    [
      "an issuer without https",
      federated({ ...credential, issuer: "http://oidc.example" }),
      ".federatedCredential.issuer",
      /https/,
    ],
    [
      "an issuer that is not a URL",
      federated({ ...credential, issuer: "cluster" }),
      ".federatedCredential.issuer",
      /https/,
    ],
    [
      "no issuer",
      federated({ subject: "x" }),
      ".federatedCredential.issuer",
      /`issuer` and `subject`, or `kubernetes`/,
    ],
    [
      "no subject",
      federated({ issuer: "https://o.example" }),
      ".federatedCredential.subject",
      /`issuer` and `subject`, or `kubernetes`/,
    ],
    [
      "a subject with a space at its end",
      federated({ ...credential, subject: "reader " }),
      ".federatedCredential.subject",
      /no space/,
    ],
    [
      "a subject of 601 characters",
      federated({ ...credential, subject: "x".repeat(601) }),
      ".federatedCredential.subject",
      /600/,
    ],
    [
      "a wildcard",
      federated({ issuer: github, subject: "repo:contoso/*:pull_request" }),
      ".federatedCredential.subject",
      /wildcard/,
    ],
    ["an empty audience", federated({ ...credential, audience: "" }), ".federatedCredential.audience", /600/],
    [
      "GitHub's subject without a context",
      federated({ issuer: github, subject: "repo:contoso/siem" }),
      ".federatedCredential.subject",
      /repo:<owner>/,
    ],
    [
      "GitHub's subject with a bare branch",
      federated({ issuer: github, subject: "repo:contoso/siem:ref:main" }),
      ".federatedCredential.subject",
      /refs\/heads/,
    ],
    [
      "a cluster's subject without a name",
      federated({ issuer: aks, subject: "system:serviceaccount:siem" }),
      ".federatedCredential.subject",
      /serviceaccount:<namespace>:<name>/,
    ],
    [
      "a service account in capitals, whoever the issuer",
      federated({ ...credential, subject: "system:serviceaccount:siem:Reader" }),
      ".federatedCredential.subject",
      /lower-case letters/,
    ],
    [
      "a preset and a subject",
      federated({ kubernetes, subject: "x" }),
      ".federatedCredential.subject",
      /sets issuer and subject/,
    ],
    [
      "a namespace with a dot",
      federated({ kubernetes: { ...kubernetes, namespace: "a.b" } }),
      ".federatedCredential.kubernetes.namespace",
      /63/,
    ],
    [
      "a service account with an underscore",
      federated({ kubernetes: { ...kubernetes, serviceAccount: "a_b" } }),
      ".federatedCredential.kubernetes.serviceAccount",
      /253/,
    ],
    [
      "a day that does not exist",
      { clientSecret: { endDate: "2099-02-30" } },
      ".clientSecret.endDate",
      /2027-06-30/,
    ],
    [
      "a secret that is both kept and new",
      { clientSecret: { endDate: "2099-01-01", keep: ["2099-01-01T00:00:00Z"] } },
      ".clientSecret.keep[0]",
      /one secret/,
    ],
    [
      "an owner that is neither a name nor an id",
      { owners: ["alex"], ...federated(credential) },
      ".owners[0]",
      /GUID/,
    ],
    ["an owner twice", { owners: [id, id.toUpperCase()], ...federated(credential) }, ".owners[1]", /once/],
    ["an empty name", { displayName: " ", ...federated(credential) }, ".displayName", /256/],
  ])("%s", (_, application, key, rule) => {
    const [mistake, ...others] = mistakesWith({ consumers: [{ name: "a", application }] });
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({
      key: `consumers[0].application${key}`,
      rule: expect.stringMatching(rule) as string,
    });
  });
});

test("a secret that has ended is a mistake, whether new or kept", () => {
  const application = { clientSecret: { endDate: "2026-06-30", keep: ["2026-01-31 00:00:00 +0000 UTC"] } };
  const mistakes = (now: string) =>
    pastSecrets([{ name: "a", application }], new Date(now)).map(({ key }) => key);
  expect(mistakes("2026-01-30T23:00:00Z")).toEqual([]);
  expect(mistakes("2026-01-31T00:00:00Z")).toEqual(["consumers[0].application.clientSecret.keep[0]"]);
  expect(mistakes("2027-01-01T00:00:00Z")).toEqual([
    "consumers[0].application.clientSecret.endDate",
    "consumers[0].application.clientSecret.keep[0]",
  ]);
});

test("a service account's subject follows from namespace and name, the audience from the cloud", () => {
  const kubernetes = { issuer: "https://o.example", namespace: "siem", serviceAccount: "reader" };
  expect(claimsOf({ kubernetes }, "public")).toEqual({
    issuer: "https://o.example",
    subject: "system:serviceaccount:siem:reader",
    audience: "api://AzureADTokenExchange",
  });
  expect(claimsOf(credential, "gccHigh").audience).toBe("api://AzureADTokenExchangeUSGov");
  expect(claimsOf({ ...credential, audience: "own" }, "dod").audience).toBe("own");
});

test.each([
  ["2027-06-30", "2027-06-30T00:00:00Z"],
  ["2027-06-30T12:00:00.000+02:00", "2027-06-30T10:00:00Z"],
  ["2027-06-30 00:00:00 +0000 UTC", "2027-06-30T00:00:00Z"],
  ["30.6.2027", undefined],
])("the end date %s is the instant %s", (date, instant) => {
  expect(instantOf(date)).toBe(instant);
});

describe("what a look-up finds", () => {
  const group = { key: "portalUsers[0].groupName", way: "groupName", value: "SOC" } as const;

  test("one match is no mistake, none or two are, and the two are named", () => {
    expect(nameMistakes(group, ["a"])).toEqual([]);
    expect(nameMistakes(group, [])).toMatchObject([
      { key: group.key, value: "SOC", rule: expect.stringMatching(/No group/) as string },
    ]);
    expect(nameMistakes(group, ["a", "b"])[0]?.rule).toBe("2 groups in the tenant have this name: a and b.");
  });

  test("a missing permission is named, and the way without it", () => {
    const { fix } = unansweredMistake(group, "denied", true);
    expect(fix).toMatch(/GroupMember\.Read\.All.*`principalType: Group`/);
    expect(unansweredMistake(group, "no network", false).rule).toMatch(/no network/);
  });

  const given = { key: "consumers[0].objectId", id, type: "ServicePrincipal" } as const;
  test("an object id that is unknown, of another kind, or of an app registration is a mistake", () => {
    expect(idMistakes(given, { kind: "ServicePrincipal" })).toEqual([]);
    expect(idMistakes(given, undefined)[0]?.rule).toMatch(/No object/);
    expect(idMistakes(given, { kind: "User" })[0]).toMatchObject({
      rule: "It is the object id of a user, not of a service principal.",
      fix: expect.stringMatching(/principalType: User/) as string,
    });
    expect(idMistakes(given, { kind: "Application", appId: "client" })[0]).toMatchObject({
      rule: "It is the object id of an app registration, not of a service principal.",
      fix: expect.stringMatching(/`applicationId: client`/) as string,
    });
    expect(idMistakes({ ...given, type: "owner" }, { kind: "Group" })[0]?.rule).toMatch(
      /not of a user or service/,
    );
  });

  test("every given object id is compared, those of owners too", () => {
    const users = [
      { name: "a", objectId: id, principalType: "User" } as const,
      { name: "b", userPrincipalName: upn },
    ];
    const consumers = [{ name: "c", application: { owners: [upn, id] } }];
    expect(givenIds(users, consumers)).toEqual([
      { key: "portalUsers[0].objectId", id, type: "User" },
      { key: "consumers[0].application.owners[1]", id, type: "owner" },
    ]);
  });
});

test("object ids need no permission of Graph; each kind of name, and a new application, needs one", () => {
  const uses = (portalUsers: readonly AskedPortalUser[], consumers: readonly AskedConsumer[] = []) =>
    graphUses({ portalUsers, consumers });
  expect(uses([{ name: "a", objectId: id, principalType: "User" }])).toEqual([]);
  expect(
    uses([
      { name: "a", userPrincipalName: upn },
      { name: "b", groupName: "SOC" },
    ]),
  ).toEqual(["users", "groups"]);
  expect(uses([], [{ name: "a", applicationId: id }])).toEqual(["servicePrincipals"]);
  expect(uses([], [{ name: "a", managedIdentityId: identityId }])).toEqual([]);
  expect(uses([], [{ name: "a", application: { federatedCredential: credential } }])).toEqual([
    "ownApplications",
  ]);
  expect(uses([], [{ name: "a", application: { owners: [upn], federatedCredential: credential } }])).toEqual([
    "users",
    "allApplications",
    "directory",
  ]);
});
