import { describe, expect, it } from "vitest";
import { autonamingKey, namingOf } from "../../../streaming/naming/autonaming.ts";

const account = { type: "azure-native:storage:StorageAccount", logicalName: "defendersa1" };
const stack = (autonaming?: unknown, organization?: string) => ({
  project: "defender-streaming",
  stack: "prod",
  organization,
  config: {
    "defender-streaming:short": "contoso",
    ...(autonaming === undefined ? {} : { [autonamingKey]: JSON.stringify(autonaming) }),
  },
});

describe("a resource's name", () => {
  it("has random digits if the stack has no rule", () => {
    const { mode, isFixed, form } = namingOf(account, stack());
    expect([mode, isFixed]).toEqual(["default", false]);
    expect("defendersa11f0c29ab").toMatch(form);
    expect("defendersa2").not.toMatch(form);
  });

  it.each([
    ["verbatim", { mode: "verbatim" }, "defendersa1"],
    ["a pattern", { pattern: "${name}${stack}" }, "defendersa1prod"],
    ["the project", { pattern: "${project}-${name}" }, "defender-streaming-defendersa1"],
    ["the organization", { pattern: "${organization}${name}" }, "acmedefendersa1"],
    ["a setting", { pattern: "${config.short}${name}" }, "contosodefendersa1"],
    ["text that is no expression", { pattern: "a${b}c" }, "a${b}c"],
  ])("is known before the deployment with %s", (_, autonaming, name) => {
    expect(namingOf(account, stack(autonaming, "acme"))).toMatchObject({ name, isFixed: true });
  });

  it.each([
    ["${name}${hex(4)}", "defendersa10000"],
    ["${name}${string(3)}", "defendersa1xxx"],
    ["${num(2)}${name}${alphanum(2)}", "00defendersa100"],
    ["${uuid}", "00000000-0000-0000-0000-000000000000"],
  ])("is not known with %s", (pattern, name) => {
    expect(namingOf(account, stack({ pattern }))).toMatchObject({ name, isFixed: false });
  });

  it("is not known if the organization or a setting is not", () => {
    for (const pattern of ["${organization}${name}", "${config.other}${name}"]) {
      expect(namingOf(account, stack({ pattern })).isFixed).toBe(false);
    }
  });

  it("follows the rule of its type, then that of its provider, then the general one", () => {
    const resources = { [account.type]: { mode: "verbatim" } };
    const providers = { "azure-native": { pattern: "p-${name}", resources } };
    const namespace = { type: "azure-native:eventhub:Namespace", logicalName: "defender-ns1" };
    const name = (resource: typeof account, autonaming: unknown) =>
      namingOf(resource, stack(autonaming)).name;
    expect(name(account, { mode: "disabled", providers })).toBe("defendersa1");
    expect(name(namespace, { mode: "disabled", providers })).toBe("p-defender-ns1");
    expect(
      name(namespace, { pattern: "g-${name}", providers: { "azure-native": { resources }, aws: providers } }),
    ).toBe("g-defender-ns1");
  });

  it("is the default if a special rule says so, and there is none if names are disabled", () => {
    const providers = { "azure-native": { mode: "default" } };
    expect(namingOf(account, stack({ mode: "verbatim", providers })).mode).toBe("default");
    expect(namingOf(account, stack({ mode: "disabled" })).mode).toBe("disabled");
  });
});
