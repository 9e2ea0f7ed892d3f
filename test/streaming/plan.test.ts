import { describe, expect, test } from "vitest";
import { observedTables } from "../../streaming/defender/tables.ts";
import { plan } from "../../streaming/plan.ts";
import { mistakesThrown, request } from "./requests.ts";

describe("a fresh plan", () => {
  test("describes namespaces and hubs as asked", () => {
    const made = plan(
      request({
        tables: ["DeviceInfo"],
        throughputUnits: 2,
        autoInflate: { maximumThroughputUnits: 10 },
        consumerGroups: ["splunk"],
      }),
    );
    expect(made.namespaces).toMatchObject([
      {
        key: "ns1",
        tier: "Standard",
        throughputUnits: 2,
        maximumThroughputUnits: 10,
        hubs: [
          {
            name: "insights-logs-advancedhunting-deviceinfo",
            tables: ["DeviceInfo"],
            partitionCount: 4,
            retentionHours: 24,
            consumerGroups: ["splunk"],
          },
        ],
      },
    ]);
    expect(made.placement).toEqual({ DeviceInfo: { namespace: "ns1", exportSetting: "export1" } });
  });

  test("has ceiling 0 when auto-inflate is off", () => {
    expect(plan(request()).namespaces[0]?.maximumThroughputUnits).toBe(0);
  });

  test("throws all mistakes at once", () => {
    const mistakes = mistakesThrown(() => plan(request({ throughputUnits: 0, retentionHours: 999 })));
    expect(mistakes.map(({ key }) => key)).toEqual(["throughputUnits", "retentionHours"]);
  });
});

describe("a warning comes", () => {
  const observed = observedTables[0]?.name ?? "";
  test.each<[string, Parameters<typeof request>[0], RegExp]>([
    ["when nobody can save the settings", { portalUsers: [] }, /portalUsers.*Contributor/],
    ["for Basic", { tier: "Basic" }, /256 KB.*one consumer group.*trusted/],
    ["for an observed table", { tables: [observed] }, new RegExp(`${observed}.*not in Microsoft's list`)],
    ["for an unlisted table", { tables: ["NewEvents"], unlistedTables: ["NewEvents"] }, /NewEvents.*unknown/],
    [
      "for an unconfirmed size",
      { tier: "Premium", throughputUnits: 6 },
      /6 processing units.*not in Microsoft's documentation/,
    ],
    [
      "for tables that Defender for Endpoint does not have, taken as written",
      {
        product: "endpoint",
        tables: ["DeviceInfo", "EmailEvents"],
        unlistedTables: ["EmailEvents"],
      },
      /EmailEvents.*Defender XDR/,
    ],
  ])("%s", (_, changes, words) => {
    expect(plan(request(changes)).warnings.filter((warning) => words.test(warning))).toHaveLength(1);
  });
});
