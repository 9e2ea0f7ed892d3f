import { describe, expect, test } from "vitest";
import type { Access } from "../../../streaming/people/access.ts";
import type { Consumer, PortalUser } from "../../../streaming/people/principals.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import {
  contributor,
  dataReceiver,
  type Grant,
  reader,
  roleAssignmentName,
} from "../../../streaming/roles/roles.ts";
import {
  hasOurName,
  isLeftToOthers,
  namesOf,
  type ExistingAssignment,
  existingGrantMistakes,
  existingGrantNotices,
  type ExistingGrants,
} from "../../../streaming/roles/existingGrants.ts";
import { existingScopes } from "../../../streaming/roles/existingScopes.ts";
import { request } from "../requests.ts";

const group = "/subscriptions/s/resourceGroups/rg";
const namespaceId = `${group}/providers/Microsoft.EventHub/namespaces/contoso`;
const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/contoso`;
const ada: PortalUser = {
  name: "Ada",
  objectId: "0C6F3F0E-8A5B-4F59-9D25-5A0E7F1F6B11",
  principalType: "User",
};
const siem: Consumer = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal",
};
const people = { portalUsers: [ada], consumers: [siem] };

const principalId = ada.objectId.toLowerCase();
const ourName = roleAssignmentName(namespaceId, principalId, contributor.id);
const clicked: ExistingAssignment = {
  id: `${namespaceId}/providers/Microsoft.Authorization/roleAssignments/4f8d2c6a`,
  name: "4f8d2c6a",
  principalId,
  roleId: contributor.id,
  isConditional: false,
  isOwn: false,
};
const at = (...assignments: Partial<ExistingAssignment>[]): ExistingGrants => ({
  name: "ns1",
  id: namespaceId,
  kinds: ["eventHub"],
  assignments: assignments.map((one) => ({ ...clicked, ...one })),
});

describe("roles are assigned at existing resources", () => {
  const scopes = (changes: Partial<StreamingRequest>) =>
    existingScopes(request(changes), "s").map(({ name, id, kinds }) => [name, id, kinds.join()]);
  const existing = { namespaces: { ns1: namespaceId, ns2: "new" }, accountId };

  test("at each namespace and the account that a request names, with the kind that decides the roles", () => {
    expect(scopes({ existing, destinations: ["eventHub", "storage"] })).toEqual([
      ["ns1", namespaceId, "eventHub"],
      ["sa1", accountId, "storage"],
    ]);
    expect(scopes({ existing, destinations: ["storage"] })).toEqual([["sa1", accountId, "storage"]]);
  });

  test("at a resource group and the subscription, with all kinds", () => {
    const destinations = ["eventHub", "storage"] as const;
    expect(
      scopes({ destinations, roleScope: "resourceGroup", existing: { resourceGroupId: group } }),
    ).toEqual([["resource-group", group, "eventHub,storage"]]);
    expect(scopes({ roleScope: "subscription" })).toEqual([["subscription", "/subscriptions/s", "eventHub"]]);
  });

  test("nowhere if everything is new, or if somebody else assigns them", () => {
    expect(scopes({})).toEqual([]);
    expect(scopes({ roleScope: "resourceGroup" })).toEqual([]);
    expect(scopes({ existing, roles: "expect" })).toEqual([]);
  });
});

describe("a grant is left to others", () => {
  const grantTo = (principalKey: string, access: Access = "permanent"): Grant => ({
    role: contributor,
    to: "portalUsers",
    principalKey,
    access,
  });
  const isLeft = (access: Access, ...assignments: Partial<ExistingAssignment>[]) =>
    isLeftToOthers(grantTo(principalId, access), at(...assignments));

  test("if they assigned the same role to the same principal", () => {
    expect(isLeft("permanent", {})).toBe(true);
    expect(isLeft("permanent", { name: ourName })).toBe(true);
    expect(isLeft("permanent", { principalId: siem.objectId })).toBe(false);
    expect(isLeft("permanent", { roleId: reader.id })).toBe(false);
    expect(isLeft("permanent")).toBe(false);
    expect(isLeftToOthers(grantTo(principalId), undefined)).toBe(false);
  });

  test("never if this stack created it", () => {
    expect(isLeft("permanent", { name: ourName, isOwn: true })).toBe(false);
    expect(isLeft("permanent", {}, { name: ourName, isOwn: true })).toBe(false);
  });

  test("never if the assignment has a condition, which gives less", () => {
    expect(isLeft("permanent", { isConditional: true })).toBe(false);
  });

  test("never if PIM gives it, whose assignments have other names", () => {
    expect(isLeft({ until: "2027-01-31T18:00:00Z" }, {})).toBe(false);
    expect(isLeft("eligible", {})).toBe(false);
  });

  test("never for an application that is created in the same deployment", () => {
    expect(isLeftToOthers(grantTo(siem.name), at({}))).toBe(false);
  });
});

test("an assignment of a stack of this project is known by its name", () => {
  expect(hasOurName({ ...clicked, name: ourName }, at())).toBe(true);
  expect(hasOurName(clicked, at())).toBe(false);
});

test("the last deployment created what its outputs call managed, except what PIM gives", () => {
  const roleDefinitionId = `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${contributor.id.toUpperCase()}`;
  const deployed = { scope: namespaceId.toUpperCase(), role: "Contributor", roleDefinitionId, principalId };
  expect([...namesOf([{ ...deployed, managed: true }])]).toEqual([ourName]);
  expect(namesOf([{ ...deployed, managed: false }]).size).toBe(0);
  expect(namesOf([{ ...deployed, managed: true, access: "eligible" }]).size).toBe(0);
});

describe("the preview says", () => {
  test("who has which role by which assignment, and how the stack can give it", () => {
    const [said, ...more] = existingGrantNotices({ principals: { found: people }, existingGrants: [at({})] });
    expect(said).toMatch(/^Ada already has the role Contributor, by the role assignment \/subscriptions\//);
    expect(said).toContain("and does not change or delete");
    expect(said).toContain(`az role assignment delete --ids ${clicked.id}`);
    expect(more).toEqual([]);
  });

  test("that it is another stack's, if it has the name that such a stack gives", () => {
    expect(
      existingGrantNotices({ principals: { found: people }, existingGrants: [at({ name: ourName })] }),
    ).toEqual([expect.stringMatching(/Another stack created it, and deletes it when it is destroyed/)]);
  });

  test("when PIM ends it, after which the stack can give the role", () => {
    expect(
      existingGrantNotices({
        principals: { found: people },
        existingGrants: [at({ until: "2027-01-31T18:00:00.000Z" })],
      }),
    ).toEqual([expect.stringMatching(/ends it at 2027-01-31T18:00:00.000Z\. Deploy again after that/)]);
  });

  test("the same of each role of a consumer", () => {
    const roles = [reader, dataReceiver].map(({ id: roleId }) => ({ principalId: siem.objectId, roleId }));
    const said = existingGrantNotices({ principals: { found: people }, existingGrants: [at(...roles)] });
    expect(said.map((sentence) => sentence.slice(0, 30))).toEqual([
      "siem already has the role Read",
      "siem already has the role Azur",
    ]);
  });

  test("nothing of its own roles, of roles that nobody needs, and of applications that do not exist yet", () => {
    const own = at({ name: ourName, isOwn: true }, { principalId: "somebody else" }, { roleId: reader.id });
    expect(
      existingGrantNotices({
        principals: { found: { ...people, consumers: [{ name: "new" }] } },
        existingGrants: [own],
      }),
    ).toEqual([]);
  });
});

describe("an existing role with a condition", () => {
  const mistakes = (...assignments: Partial<ExistingAssignment>[]) =>
    existingGrantMistakes({ principals: { found: people }, existingGrants: [at(...assignments)] });

  test("is a mistake at the person or consumer that needs it, because Azure accepts no second one", () => {
    expect(mistakes({ isConditional: true })).toEqual([
      {
        key: "portalUsers[0]",
        value: "Ada",
        rule: expect.stringMatching(/Contributor is already assigned with a condition, by/) as string,
        fix: expect.stringContaining(`az role assignment delete --ids ${clicked.id}`) as string,
      },
    ]);
    const roleId = dataReceiver.id;
    const consumers = mistakes({ isConditional: true, principalId: siem.objectId, roleId });
    expect(consumers.map(({ key }) => key)).toEqual(["consumers[0]"]);
    expect(
      existingGrantNotices({ principals: { found: people }, existingGrants: [at({ isConditional: true })] }),
    ).toEqual([]);
  });

  test("is no mistake if this stack created it, and the next deployment removes the condition", () => {
    expect(mistakes({ isConditional: true, isOwn: true })).toEqual([]);
    expect(mistakes({})).toEqual([]);
  });
});
