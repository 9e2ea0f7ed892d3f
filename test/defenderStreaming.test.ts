import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { defenderStreaming } from "../defenderStreaming.ts";
import { resolved, resourcesOf } from "./components/mocks.ts";

const tables = ["DeviceInfo"];
const objectId = "5d07e9b3-2f14-4c68-9a7b-c81e3f60d245";

describe("the one call", async () => {
  const { result, asked } = await resourcesOf(() =>
    defenderStreaming(
      "stream",
      {
        tables,
        protect: false,
        location: pulumi.output("West Europe"),
        tags: { owner: pulumi.output("soc") },
        portalUsers: [{ name: "Alex", objectId: pulumi.output(objectId), principalType: "User" }],
      },
      { parent: new pulumi.ComponentResource("platform:index:Team", "team"), aliases: [{ name: "old" }] },
    ),
  );
  const named = (type: string) => asked.filter((one) => one.type.endsWith(`:${type}`));

  it("creates the component under its parent, with its alias", () => {
    expect(named("DefenderStreaming")).toMatchObject([
      { name: "stream", parent: "team", aliases: [{ name: "old" }] },
    ]);
  });

  it("creates what the plan says, with location and tags that are outputs", () => {
    expect(named("Namespace")).toMatchObject([
      { name: "stream-ns1", protect: false, inputs: { location: "West Europe", tags: { owner: "soc" } } },
    ]);
    expect(named("EventHub").map(({ name }) => name)).toEqual(["stream-ns1-deviceinfo"]);
  });

  it("assigns roles to people whose object id is an output", async () => {
    const required = await resolved(result.outputs.requiredRoleAssignments);
    expect(required).toMatchObject([{ role: "Contributor", principalId: objectId, managed: true }]);
  });

  it("has all outputs of a stack", () => {
    expect(Object.keys(result.outputs).sort()).toEqual([
      "accounts",
      "applications",
      "clientSecrets",
      "consumerConfiguration",
      "consumerKeys",
      "consumers",
      "exportSettings",
      "namespaces",
      "placement",
      "portal",
      "requiredRoleAssignments",
      "warnings",
    ]);
  });
});

it("reads the last deployment once for two streams, before a resource of either is created", async () => {
  const wishes = { tables, location: "westeurope" };
  const { asked, called } = await resourcesOf(async () => {
    await defenderStreaming("one", wishes);
    await defenderStreaming("two", wishes);
  });
  expect(asked.filter(({ type }) => type.endsWith(":Namespace"))).toHaveLength(2);
  expect(called.filter((token) => token === "pulumi:pulumi:readStackOutputs")).toHaveLength(1);
});

it("reports every mistake at once", async () => {
  const wishes = { tables: ["DeviceInf"], throughputUnits: 0, tags: { "a?": "b" }, location: "westeurope" };
  await expect(defenderStreaming("stream", wishes)).rejects.toMatchObject({
    mistakes: [{ key: "tables[0]" }, { key: "throughputUnits" }, { key: "tags.a?" }],
  });
});
