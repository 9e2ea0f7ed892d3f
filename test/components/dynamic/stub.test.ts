import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { DynamicType } from "../../../components/dynamic/contract.ts";
import { DynamicResource } from "../../../components/dynamic/stub.ts";
import { resourcesOf } from "../mocks.ts";

class Example extends DynamicResource {
  constructor(type: DynamicType) {
    super(type, "example", { scope: "s", principalId: "p", seconds: 0 });
  }
}

interface StubInputs {
  readonly __provider: string;
  readonly revision: number;
}

const inputsOf = async (type: DynamicType) =>
  (await resourcesOf(() => new Example(type))).asked[0]?.inputs as unknown as StubInputs;

test("the state gets a stub, which names the package and no place on this machine", async () => {
  const { __provider: text } = await inputsOf("RoleInEffect");
  expect(text).toContain('code: "defender-streaming/dynamic"');
  expect(text).not.toMatch(/\/work\/|\/home\/|file:|node_modules|@azure/);
});

test("a new text of the stub has a new revision, so that it gets into deployed stacks", async () => {
  const { __provider: text, revision } = await inputsOf("RoleInEffect");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  expect({ revision, hash }).toEqual({ revision: 1, hash: "a306db2cac0a" });
});

test("the stub runs from its text, and takes the configuration before a method is called", async () => {
  const { __provider: text } = await inputsOf("RoleInEffect");
  const exports: { handler?: () => pulumi.dynamic.ResourceProvider } = {};
  // As Pulumi does (`require-from-string`).
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function("exports", "require", text)(exports, () => undefined);
  const stub = exports.handler?.();
  const config = new pulumi.Config("azure-native") as unknown as pulumi.dynamic.Config;
  // Ten at once, and nobody waits for `configure`.
  void stub?.configure?.({ config });
  const props = { scope: "s", principalId: "p" };
  const read = await Promise.all(Array.from({ length: 10 }, async () => stub?.read?.("id", props)));
  expect(read).toEqual(Array.from({ length: 10 }, () => ({ id: "id", props })));
});

test("today's stacks are moved by an update that leaves everything else", async () => {
  const { providerOf } = await import("../../../components/dynamic/code.ts");
  const { diff, update } = providerOf("ProviderRegistration");
  const olds = { namespace: "n", subscriptionId: "s", registrationState: "Registered", __provider: "old" };
  const news = { namespace: "n", subscriptionId: "s", revision: 1, __provider: "new" };
  expect(await diff("id", olds, news)).toEqual({ changes: true, replaces: [] });
  expect(await update("id", olds, news)).toEqual({ outs: { ...news, registrationState: "Registered" } });
  expect(await diff("id", { ...olds, ...news }, news)).toEqual({ changes: false, replaces: [] });
});
