import { describe, expect, test } from "vitest";
import { decide } from "../../streaming/decide.ts";
import type { Known } from "../../streaming/known.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { mistakesThrown, request } from "./requests.ts";

const group = "/subscriptions/s/resourceGroups/rg/providers";
const vault = `${group}/Microsoft.KeyVault/vaults/kv-contoso`;
const network = `${group}/Microsoft.Network/virtualNetworks/vnet-contoso`;
const now = new Date("2027-01-01T00:00:00Z");

const asked = (changes: Partial<StreamingRequest> = {}): StreamingRequest => ({
  ...request(changes),
  protect: true,
  location: "westeurope",
  ...changes,
});

/** A first deployment of a request that names nothing which others made. */
const nothing: Known = {
  last: { placement: undefined, live: {}, liveAccounts: {}, archivedTables: [], own: [], grants: [] },
  principals: { found: { portalUsers: [], consumers: [] }, mistakes: [] },
  existing: undefined,
  key: undefined,
  vaults: {},
  networks: { virtualNetworks: {}, zones: {} },
  zoneLinks: undefined,
  existingGrants: [],
  hostNames: undefined,
};

const nobody = {
  found: { portalUsers: [], consumers: [] },
  mistakes: [
    {
      key: "portalUsers[0].groupName",
      value: "Security",
      rule: "There is no such group.",
      fix: "Correct it.",
    },
  ],
};
const siem = {
  name: "siem",
  objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
  principalType: "ServicePrincipal" as const,
  auth: "sas" as const,
  deliverKeyTo: vault,
};
const privateEndpoints = { subnetId: `${network}/subnets/endpoints`, dnsZones: "none" as const };

describe("a decision", () => {
  test("has the plan, with everybody who was found", () => {
    const ada = {
      name: "Ada",
      objectId: "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11",
      principalType: "User" as const,
    };
    const known = { ...nothing, principals: { found: { portalUsers: [ada], consumers: [] }, mistakes: [] } };
    const { plan, portalUsers, notices } = decide(asked(), known, now);
    expect(plan.namespaces.map(({ key }) => key)).toEqual(["ns1", "ns2", "ns3"]);
    expect(portalUsers).toEqual([ada]);
    expect(notices).toEqual([]);
  });

  test("leaves every table where the last deployment put it", () => {
    const placement = {
      AlertInfo: { namespace: "ns1", exportSetting: "export1" },
      DeviceInfo: { namespace: "ns2", exportSetting: "export2" },
    };
    const last = { ...nothing.last, placement };
    expect(
      decide(asked({ tables: ["AlertInfo", "DeviceInfo"] }), { ...nothing, last }, now).plan.placement,
    ).toEqual(placement);
  });

  test("reports every mistake at once, wherever it comes from", () => {
    const mistakes = mistakesThrown(() =>
      decide(
        asked({ tier: "Premium", exportSettingsUsedByOthers: 4, consumers: [siem], privateEndpoints }),
        {
          ...nothing,
          principals: nobody,
          vaults: { [vault]: "missing" },
          networks: { virtualNetworks: { [network]: "missing" }, zones: {} },
        },
        now,
      ),
    );
    expect(mistakes.map(({ key }) => key)).toEqual([
      "portalUsers[0].groupName",
      "exportSettingsUsedByOthers",
      "consumers[0].deliverKeyTo",
      "privateEndpoints.subnetId",
    ]);
  });

  test("is judged at the given instant", () => {
    const customerManagedKey = { keyVaultId: vault, keyName: "stream" };
    const key = {
      vault: {
        location: "westeurope",
        softDelete: true,
        purgeProtection: true,
        roleBasedAccess: true,
        trustedServicesPass: true,
      },
      key: {
        enabled: true,
        type: "RSA",
        size: 2048,
        operations: [],
        notBefore: undefined,
        expires: now.getTime() / 1000,
      },
    };
    const encrypted = asked({ tier: "Premium", customerManagedKey });
    const keysAt = (instant: Date) =>
      mistakesThrown(() => decide(encrypted, { ...nothing, key }, instant)).map((mistake) => mistake.key);
    expect(keysAt(now)).toEqual(["customerManagedKey.keyName"]);
    expect(keysAt(new Date(now.getTime() - 1000))).toEqual([]);
  });

  test("does not compare a region that is not known yet", () => {
    const networks = {
      virtualNetworks: {
        [network]: { location: "northeurope", subnets: [{ name: "endpoints", serviceEndpoints: [] }] },
      },
      zones: {},
    };
    const premium = asked({ tier: "Premium", privateEndpoints });
    expect(mistakesThrown(() => decide(premium, { ...nothing, networks }, now))).toMatchObject([
      { key: "privateEndpoints.subnetId" },
    ]);
    expect(
      mistakesThrown(() => decide({ ...premium, location: undefined }, { ...nothing, networks }, now)),
    ).toEqual([]);
  });
});
