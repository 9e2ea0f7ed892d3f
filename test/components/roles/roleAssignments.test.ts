import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { deploy, group, siem, user } from "../deploy.ts";
import { type Asked, named, resolved } from "../mocks.ts";

it("lists the role assignments and creates none with `expect`", async () => {
  const { result, asked } = await deploy({
    portalUsers: [user],
    roleScope: "resourceGroup",
    roles: "expect",
  });
  expect(named(asked, "authorization:RoleAssignment")).toEqual([]);
  expect(await resolved(result.outputs.requiredRoleAssignments)).toMatchObject([
    { role: "Contributor", principalId: user.objectId, principalType: "User", managed: false },
  ]);
});

describe("access that is not permanent", () => {
  const until = "2027-01-31T18:00:00Z";
  const pim = (asked: Asked[]) =>
    asked.filter(({ type }) => /:(PimRoleEligibilitySchedule|TimeBoundAssignment)$/.test(type));

  it("is left to PIM at the same scopes, and listed with its kind", async () => {
    const portalUsers = [{ ...user, access: "eligible" } as const, { ...group, access: { until } }];
    const { result, asked } = await deploy({ tables: ["DeviceInfo"], portalUsers });
    expect(named(asked, "authorization:RoleAssignment")).toEqual([]);
    expect(pim(asked)).toMatchObject([
      {
        name: `defender-ns1-contributor-${user.objectId}`,
        type: "azure-native:authorization:PimRoleEligibilitySchedule",
        inputs: {
          principalId: user.objectId,
          scope: expect.stringMatching(/defender-ns1$/) as unknown,
          scheduleInfo: { expiration: { type: "AfterDuration", duration: "P365D" } },
        },
      },
      {
        name: `defender-ns1-contributor-${group.objectId}`,
        inputs: { principalId: group.objectId, role: "Contributor", until },
      },
    ]);
    const required = await resolved(result.outputs.requiredRoleAssignments);
    expect(required.map(({ access }) => access)).toEqual(["eligible", { until }]);
  });

  it("is requested at the resource group if that is the scope", async () => {
    const { asked } = await deploy({
      portalUsers: [{ ...user, access: { until } }],
      roleScope: "resourceGroup",
    });
    expect(pim(asked).map(({ inputs }) => inputs["scope"])).toEqual([
      expect.stringMatching(/resourceGroups\/defender$/),
    ]);
  });

  it("is only listed with `expect`", async () => {
    const portalUsers = [{ ...user, access: { until } }];
    const { result, asked } = await deploy({ tables: ["DeviceInfo"], portalUsers, roles: "expect" });
    expect(pim(asked)).toEqual([]);
    expect(await resolved(result.outputs.requiredRoleAssignments)).toMatchObject([
      { role: "Contributor", managed: false, access: { until } },
    ]);
  });

  it("is not mentioned if access is permanent", async () => {
    const portalUsers = [{ ...user, access: "permanent" } as const];
    const { result } = await deploy({ tables: ["DeviceInfo"], portalUsers });
    expect((await resolved(result.outputs.requiredRoleAssignments))[0]).not.toHaveProperty("access");
  });
});

it("creates a grant once although two consumers share a principal", async () => {
  const { asked } = await deploy({ tables: ["DeviceInfo"], consumers: [siem, { ...siem, name: "lake" }] });
  expect(named(asked, "authorization:RoleAssignment")).toHaveLength(2);
});

it("takes the object id of an application from the same deployment, and names its grants after the consumer", async () => {
  const later = { ...siem, objectId: pulumi.output(Promise.resolve(siem.objectId)) };
  const { result, asked } = await deploy(
    { tables: ["DeviceInfo"] },
    { consumers: [later] },
    { people: { portalUsers: [], consumers: [later] } },
  );
  const made = named(asked, "authorization:RoleAssignment");
  expect(made.map(({ name }) => name)).toEqual([
    "defender-ns1-reader-SIEM",
    "defender-ns1-azure-event-hubs-data-receiver-SIEM",
  ]);
  const known = await deploy({ tables: ["DeviceInfo"], consumers: [siem] });
  expect(made.map(({ inputs }) => inputs)).toEqual(
    named(known.asked, "authorization:RoleAssignment").map(({ inputs }) => inputs),
  );
  expect(await resolved(result.outputs.requiredRoleAssignments)).toMatchObject([
    { role: "Reader", principalId: siem.objectId },
    { role: "Azure Event Hubs Data Receiver", principalId: siem.objectId },
  ]);
});
