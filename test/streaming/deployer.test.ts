import { describe, expect, it } from "vitest";
import { assignableRoles, features, onlyTheseRoles, rolesAssignedBy } from "../../streaming/deployer.ts";
import { reader } from "../../streaming/roles.ts";
import { storageDefaults } from "../../streaming/storage.ts";
import { request } from "./requests.ts";

const asked = (changes: Parameters<typeof request>[0]) =>
  features.filter(({ isAsked }) => isAsked(request(changes))).map(({ name }) => name);

describe("what a deployment consists of", () => {
  it("follows from the settings", () => {
    expect(asked({})).toEqual(["the resource group", "namespaces and hubs", "role assignments"]);
    expect(
      asked({
        destinations: ["storage"],
        storage: { ...storageDefaults, immutability: { days: 3 } },
        roles: "expect",
      }),
    ).toEqual(["the resource group", "the storage account", "immutable containers"]);
  });

  it("has each action once", () => {
    const actions = features.flatMap((feature) => feature.actions);
    expect(new Set(actions).size).toBe(actions.length);
  });
});

describe("the roles that are assigned", () => {
  it("are none where others make the assignments", () => {
    expect(rolesAssignedBy(request({ roles: "expect" }))).toEqual([]);
    expect(rolesAssignedBy(request()).map(({ name }) => name)).toEqual(["Contributor"]);
  });

  it("are all assignable", () => {
    expect(assignableRoles.map(({ id }) => id)).toEqual(
      expect.arrayContaining(rolesAssignedBy(request()).map(({ id }) => id)),
    );
  });

  it("limit who assigns and who takes away", () => {
    const condition = onlyTheseRoles([reader]);
    expect(condition).toContain(
      `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${reader.id}}`,
    );
    expect(condition).toContain(
      `@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${reader.id}}`,
    );
  });
});
