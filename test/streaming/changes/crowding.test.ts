import { expect, it } from "vitest";
import { plan } from "../../../streaming/plan.ts";
import type { StreamingRequest } from "../../../streaming/request.ts";
import { clusterId, dedicated, facts } from "../existing/existingFacts.ts";
import { liveNamespace } from "../live.ts";
import { mistakesThrown, request } from "../requests.ts";

const hubs = { "insights-logs-advancedhunting-deviceinfo": { partitionCount: 4, retentionHours: 24 } };
const namesOf = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const refused = (changes: Partial<StreamingRequest>, access: object, more: object = {}) =>
  mistakesThrown(() =>
    plan(request({ tables: ["DeviceInfo"], ...changes }), {
      live: {
        ns1: liveNamespace({
          hubs,
          access: { consumerGroups: [], hubRules: [], namespaceRules: [], ...access },
        }),
      },
      ...more,
    }),
  );

it("a renamed consumer group has no room beside as many as a hub may have", () => {
  const consumerGroups = namesOf("group", 19);
  const renamed = ["other", ...consumerGroups.slice(1)];
  expect(refused({ consumerGroups: renamed }, { consumerGroups })).toMatchObject([
    { value: "other", fix: expect.stringMatching(/First remove what needs group0 .* add other/) as string },
  ]);
  expect(refused({ consumerGroups: renamed }, { consumerGroups: consumerGroups.slice(1) })).toEqual([]);
  expect(refused({ consumerGroups }, { consumerGroups })).toEqual([]);
});

it("a renamed reader with a rule for the namespace has no room beside eleven", () => {
  const reader = {
    name: "siem",
    objectId: "2e84d1f6-b3a9-4705-9c5e-d60b72f8143a",
    principalType: "ServicePrincipal",
    auth: "sas",
    sasScope: "namespace",
  } as const;
  const rules = namesOf("listen-reader", 11);
  expect(refused({ consumers: [reader] }, { namespaceRules: rules })).toMatchObject([
    { value: "listen-siem", rule: expect.stringContaining("ns1 has room for 11") as string },
  ]);
  expect(refused({ consumers: [reader] }, { namespaceRules: rules.slice(1) })).toEqual([]);
});

it("a namespace that is replaced on a full cluster has no room beside the old one", () => {
  const cluster = {
    resourceId: clusterId,
    location: "westeurope",
    units: 1,
    namespaces: namesOf("/subscriptions/s/n", 50),
  };
  const existing = facts({ cluster, own: [cluster.namespaces[0] ?? ""] });
  const live = (customerManagedKey: boolean) => ({
    ns1: liveNamespace({ tier: "Dedicated", clusterId, customerManagedKey, hubs }),
  });
  expect(refused(dedicated, {}, { existing, live: live(false) })).toEqual([]);
  expect(refused(dedicated, {}, { existing, live: live(true) })).toMatchObject([
    { key: "clusterId", rule: expect.stringContaining("holds 50 namespaces and has 50") as string },
  ]);
});
