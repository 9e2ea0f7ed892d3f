import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { nameParameterOf, parametersOf } from "../../../plugins/azureNative/path.ts";
import { actions, resourceTypes } from "../../../plugins/azureNative/resourceTypes.ts";
import { functionOf, resourceTypeOf } from "../../../plugins/azureNative/tokens.ts";

const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/azure-native/package.json"));
const module = (name: string) => {
  const [folder = "", member = ""] = name.split(":");
  return readFileSync(join(sdk, folder, `${member.charAt(0).toLowerCase()}${member.slice(1)}.js`), "utf8");
};
/** Where the docstring does not name it, the alias of the first version does. */
const versionIn = (source: string) =>
  /Uses Azure REST API version ([\w-]+)/.exec(source)?.[1] ??
  /\/v(\d{4})(\d\d)(\d\d):/.exec(source)?.slice(1).join("-");
const namesIn = (source: string) =>
  new Set([...source.matchAll(/resourceInputs\["(\w+)"\] = (?!undefined)/g)].map((match) => match[1]));
const outputsIn = (source: string) =>
  new Set([...source.matchAll(/resourceInputs\["(\w+)"\] = undefined/g)].map((match) => match[1]));

test.each(Object.entries(resourceTypes))(
  "%s has the api-version, inputs and outputs of the SDK's class",
  (name, type) => {
    const source = module(name);
    expect(versionIn(source)).toBe(type.apiVersion);

    const madeUp = ["subscriptionId", ...(type.custom ? [nameParameterOf(type.path)] : [])];
    const parameters = parametersOf(type.path).filter((parameter) => !madeUp.includes(parameter));
    const properties = Object.entries(type.shape);
    const inputs = properties.filter(([, property]) => !property.readOnly).map(([property]) => property);
    expect(new Set([...parameters, ...inputs])).toEqual(namesIn(source));
    const outputs = properties.filter(([, property]) => !property.inputOnly).map(([property]) => property);
    expect(new Set([...outputs, "azureApiVersion"])).toEqual(outputsIn(source));
  },
);

test.each(Object.keys(actions))("%s asks for the arguments that the SDK's function sends", (name) => {
  const sent = new Set([...module(name).matchAll(/"(\w+)": args\.\1/g)].map((match) => match[1]));
  const parameters = parametersOf(actions[name]?.path ?? "").filter(
    (parameter) => parameter !== "subscriptionId",
  );
  expect(new Set(parameters)).toEqual(sent);
});

test("only properties that upstream lists replace: a hub's partitions, a namespace's tier and cluster do not", () => {
  const forceNew = Object.entries(resourceTypes).map(([name, { shape }]) => [
    name,
    Object.keys(shape).filter((key) => shape[key]?.forceNew),
  ]);
  expect(Object.fromEntries(forceNew.filter(([, names]) => names?.length))).toEqual({
    "resources:ResourceGroup": ["location"],
    "eventhub:Cluster": ["location"],
    "eventhub:Namespace": ["location"],
    "network:PrivateEndpoint": ["subnet"],
    "managedidentity:UserAssignedIdentity": ["location"],
    "storage:StorageAccount": ["location", "isHnsEnabled"],
    "authorization:RoleAssignment": ["principalId"],
  });
});

test("a version in a token is the api-version of its requests", () => {
  expect(resourceTypeOf("azure-native:eventhub/v20220101preview:Namespace").apiVersion).toBe(
    "2022-01-01-preview",
  );
  expect(resourceTypeOf("azure-native:eventhub/v20211101:EventHub").apiVersion).toBe("2021-11-01");
  expect(functionOf("azure-native:eventhub/v20211101:getEventHub")).toMatchObject({
    getterOf: { apiVersion: "2021-11-01" },
  });
});

test("a type or function without a row is an error that names it", () => {
  expect(() => resourceTypeOf("azure-native:compute:VirtualMachine")).toThrow(
    "azure-native:compute:VirtualMachine not found",
  );
  expect(() => functionOf("azure-native:compute:getVirtualMachine")).toThrow(
    "azure-native:compute:getVirtualMachine not found",
  );
});
