import { describe, expect, test } from "vitest";
import { type Cloud, cloudMistakes, clouds } from "../../../streaming/cloud/clouds.ts";
import { portalOf } from "../../../streaming/defender/portal.ts";

const none = {
  locationKey: "azure-native:location",
  location: undefined,
  armEnvironment: undefined,
  azureEnvironment: undefined,
  nativeEnvironment: undefined,
};

describe("a cloud and a region", () => {
  test.each<[Cloud, string]>([
    ["public", "westeurope"],
    ["public", "marscentral"],
    ["gccHigh", "usgovvirginia"],
    ["gccHigh", "US Gov Arizona"],
    ["dod", "usdodeast"],
    ["dod", "usgovtexas"],
  ])("%s fits %s", (cloud, location) => {
    expect(cloudMistakes(cloud, { ...none, location })).toEqual([]);
  });

  test.each<[Cloud, string, fix: RegExp]>([
    ["public", "usgovvirginia", /`cloud: gccHigh` or `cloud: dod`.*westeurope/],
    ["public", "usdodcentral", /`cloud: dod`/],
    ["gccHigh", "westeurope", /`cloud: public`.*usgovvirginia/],
    ["gccHigh", "usdodeast", /`cloud: dod`.*usgovvirginia/],
    ["dod", "eastus", /`cloud: public`.*usdodeast/],
  ])("%s does not fit %s", (cloud, location, fix) => {
    expect(cloudMistakes(cloud, { ...none, location })).toEqual([
      {
        key: "cloud",
        value: cloud,
        rule: expect.stringContaining(location) as unknown,
        fix: expect.stringMatching(fix) as unknown,
      },
    ]);
  });
});

describe("ARM_ENVIRONMENT and azure-native:environment", () => {
  test.each<[Cloud, string]>([
    ["public", "public"],
    ["public", "AzureCloud"],
    ["gccHigh", "usgovernment"],
    ["dod", "AzureUSGovernment"],
    ["dod", ""],
  ])("may name %s as %s", (cloud, environment) => {
    const hints = { ...none, armEnvironment: environment, nativeEnvironment: environment };
    expect(cloudMistakes(cloud, hints)).toEqual([]);
  });

  test("must not name another cloud, and each gets its mistake", () => {
    const hints = {
      ...none,
      armEnvironment: "usgovernment",
      azureEnvironment: undefined,
      nativeEnvironment: "china",
    };
    expect(cloudMistakes("public", hints).map(({ rule, fix }) => `${rule} ${fix}`)).toEqual([
      expect.stringMatching(/^ARM_ENVIRONMENT is usgovernment.*`cloud: gccHigh` or `cloud: dod`, or set/),
      expect.stringMatching(/^azure-native:environment is china.*Set azure-native:environment to public/),
    ]);
  });
});

test("GCC High and DoD share Azure's addresses and differ in Microsoft 365's", () => {
  const { gccHigh, dod } = clouds;
  expect(dod).toEqual({
    ...gccHigh,
    defenderPortal: "https://security.apps.mil",
    graph: "https://dod-graph.microsoft.us",
  });
});

describe("the portal", () => {
  test("is different for each cloud", () => {
    const hosts = (["public", "gccHigh", "dod"] as const).map(
      (cloud) => new URL(portalOf("xdr", cloud).url).host,
    );
    expect(hosts).toEqual(["security.microsoft.com", "security.microsoft.us", "security.apps.mil"]);
  });

  test("has another page for Defender for Endpoint, with other words on it", () => {
    const [xdr, endpoint] = [portalOf("xdr", "public"), portalOf("endpoint", "public")];
    expect(xdr).toMatchObject({ page: "Streaming API", add: "Add", save: "Submit" });
    expect(endpoint).toMatchObject({
      page: "Data export settings",
      add: "Add data export settings",
      save: "Save",
      fields: { eventHub: { resourceId: "Event Hubs resource ID", hubName: "Event Hubs name" } },
    });
    expect(endpoint.url).not.toBe(xdr.url);
    expect(endpoint.otherUrls).toContain("https://security.microsoft.com/interoperability/dataexport");
  });
});
