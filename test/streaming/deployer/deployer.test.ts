import { describe, expect, it } from "vitest";
import { features } from "../../../streaming/deployer/features.ts";
import { rolesAssignedBy } from "../../../streaming/deployer/planParts.ts";
import { assignableRoles, onlyTheseRoles } from "../../../streaming/deployer/role.ts";
import { assumedFacts } from "../../../streaming/existing/assumed.ts";
import { plan } from "../../../streaming/plan.ts";
import { reader } from "../../../streaming/roles/roles.ts";
import { storageDefaults } from "../../../streaming/storage/account.ts";
import { request } from "../requests.ts";

type Changes = Parameters<typeof request>[0];

function planned(changes: Changes = {}) {
  const asked = request(changes);
  return plan(asked, { existing: assumedFacts(asked, "s") });
}

const asked = (changes: Changes) =>
  features.filter(({ isIn }) => isIn(planned(changes))).map(({ name }) => name);

describe("what a deployment consists of", () => {
  it("follows from the settings", () => {
    expect(asked({})).toEqual(["the resource group", "namespaces and hubs", "role assignments"]);
    expect(
      asked({
        destinations: ["storage"],
        storage: { ...storageDefaults, immutability: { days: 3 } },
        roles: "expect",
      }),
    ).toEqual([
      "the resource group",
      "storage accounts",
      "the progress of storage accounts",
      "lifecycle of blobs",
      "immutable containers",
    ]);
  });

  it("takes reading the cluster that namespaces are made on", () => {
    const clusterId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.EventHub/clusters/contoso";
    const changes = { tier: "Dedicated", clusterId } as const;
    expect(asked(changes)).toContain("the existing cluster");
    const feature = features.find(({ name }) => name === "the existing cluster");
    expect(feature?.scopes?.(planned(changes))).toEqual([clusterId]);
  });

  it("follows from what consumers, keys and PIM need", () => {
    const objectId = "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11";
    expect(
      asked({
        tier: "Premium",
        throughputUnits: 1,
        autoInflate: false,
        portalUsers: [{ objectId, name: "Ada", principalType: "User", access: "eligible" }],
        consumers: [
          {
            objectId: objectId.replace("0c", "1d"),
            name: "siem",
            principalType: "ServicePrincipal",
            auth: "sas",
            checkpointStore: true,
          },
        ],
        customerManagedKey: {
          keyVaultId: "/subscriptions/s/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/keys",
          keyName: "stream",
        },
      }),
    ).toEqual([
      "the resource group",
      "namespaces and hubs",
      "shared access policies of hubs",
      "storage accounts",
      "the progress of storage accounts",
      "role assignments",
      "the key that encrypts",
      "the identity that encrypts",
      "the identity's role on the key vault",
      "portal users with eligible access",
    ]);
  });
});

describe("the roles that are assigned", () => {
  it("are none where others make the assignments", () => {
    expect(rolesAssignedBy(planned({ roles: "expect" }))).toEqual([]);
    expect(rolesAssignedBy(planned()).map(({ name }) => name)).toEqual(["Contributor"]);
  });

  it("are all assignable", () => {
    expect(assignableRoles.map(({ id }) => id)).toEqual(
      expect.arrayContaining(rolesAssignedBy(planned()).map(({ id }) => id)),
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

describe("existing namespaces", () => {
  const group = "/subscriptions/s/resourceGroups/g";
  const namespace = (name: string) => `${group}/providers/Microsoft.EventHub/namespaces/${name}`;
  const scopesOf = (changes: Changes) => {
    const parts = planned({ tables: ["DeviceInfo"], ...changes });
    const those = features.filter(({ isIn }) => isIn(parts));
    return Object.fromEntries(those.map((feature) => [feature.name, feature.scopes?.(parts)]));
  };

  it("are asked about where they are, and nothing else is needed", () => {
    const namespaces = { ns1: namespace("n") };
    expect(scopesOf({ existing: { resourceGroupId: group, namespaces } })).toEqual({
      "hubs in existing namespaces": [namespace("n")],
      "role assignments on what exists": [namespace("n")],
    });
  });

  it("may all be needed, even if today's tables fit into the first one", () => {
    const namespaces = { ns1: namespace("a"), ns2: namespace("b") };
    const scopes = scopesOf({ existing: { namespaces } });
    expect(scopes["hubs in existing namespaces"]).toEqual([namespace("a"), namespace("b")]);
  });

  it("may be full, so that a new one is created, with its firewall", () => {
    const subnetId = `${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`;
    const scopes = scopesOf({
      existing: { namespaces: { ns1: namespace("a"), ns2: "new" } },
      eventHubNetwork: {
        publicAccess: "selected",
        ipRules: [],
        virtualNetworkRules: [subnetId],
        privateEndpoint: false,
      },
    });
    expect(Object.keys(scopes)).toContain("namespaces and hubs");
    expect(scopes["subnets that the firewalls let in"]).toEqual([subnetId]);
  });

  it("do not keep the cluster from being read", () => {
    const clusterId = `${group}/providers/Microsoft.EventHub/clusters/contoso`;
    const namespaces = { ns1: namespace("a") };
    const scopes = scopesOf({ tier: "Dedicated", autoInflate: false, clusterId, existing: { namespaces } });
    expect(scopes["the existing cluster"]).toEqual([clusterId]);
  });

  it("do not hide the roles in a checkpoint store, which the stack creates", () => {
    const siem = { name: "siem", kind: "sdk", principalType: "ServicePrincipal" } as const;
    const scopes = scopesOf({
      existing: { resourceGroupId: group, namespaces: { ns1: namespace("n") } },
      consumers: [{ ...siem, objectId: "1d6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11", checkpointStore: true }],
    });
    expect(Object.keys(scopes)).toContain("role assignments");
  });

  it("and roles for the whole subscription are asked about there", () => {
    const scopes = scopesOf({
      existing: { resourceGroupId: group, namespaces: { ns1: namespace("n") } },
      roleScope: "subscription",
      ownsSharedRoles: true,
    });
    expect(Object.keys(scopes)).toContain("role assignments on the subscription");
  });
});
