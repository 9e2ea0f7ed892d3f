import { createHash, randomBytes } from "node:crypto";
import { createBeforeDelete } from "./diff.ts";
import { nameParameterOf, parametersOf } from "./path.ts";
import { isObject, isUnknown, type Properties, type Value } from "../properties.ts";
import type { Property, ResourceType, Rules, Shape } from "./resourceType.ts";

/** What the stack's `pulumi:autonaming` says about a name. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

export interface Naming {
  /** The resource's name in the program. */
  readonly logicalName: string;
  /** The engine's seed: the same name for the same seed. Empty: a random one. */
  readonly seed: Uint8Array;
  readonly autonaming?: Autonaming;
}

/**
 * The new inputs with a physical name if none is given: the old one, or else one that is generated as the type's path requires
 * (`namingOf`). A generated random name is marked, so that a replacement is created before the old resource is deleted.
 */
export function named(
  type: ResourceType,
  newInputs: Properties,
  oldInputs: Properties,
  naming: Naming,
): Properties {
  const parameter = nameParameterOf(type.path);
  if (parameter === undefined || newInputs[parameter] !== undefined) return newInputs;
  const old = oldInputs[parameter];
  if (old !== undefined) {
    return {
      ...newInputs,
      [parameter]: old,
      ...(oldInputs[createBeforeDelete] === true ? { [createBeforeDelete]: true } : {}),
    };
  }
  const { mode, proposedName } = naming.autonaming ?? {};
  const kind = namingOf(type.path);
  if (mode === "disable") return newInputs;
  if (mode === "enforce" || (mode === "propose" && kind !== "uuid")) {
    return { ...newInputs, [parameter]: proposedName, [createBeforeDelete]: true };
  }
  if (kind === "copy") return { ...newInputs, [parameter]: naming.logicalName };
  const digits = hexDigits(naming.seed);
  const name = kind === "uuid" ? uuidOf(digits) : `${naming.logicalName}${digits.slice(0, 8)}`;
  return { ...newInputs, [parameter]: name, [createBeforeDelete]: true };
}

/**
 * How a resource without a name is called: role assignments by a GUID, children like the resource in the program, what
 * stands directly in a group or subscription like it with 8 random hex digits.
 */
export function namingOf(path: string): "random" | "copy" | "uuid" {
  const parameter = nameParameterOf(path);
  if (parameter === "roleAssignmentName" || parameter === "roleDefinitionId") return "uuid";
  const [, ...providers] = path.toLowerCase().split("microsoft.");
  const inProvider = providers.at(-1);
  return inProvider === undefined || parametersOf(inProvider).length === 1 ? "random" : "copy";
}

const hexDigits = (seed: Uint8Array) =>
  (seed.length > 0 ? createHash("sha256").update(seed) : createHash("sha256").update(randomBytes(32))).digest(
    "hex",
  );
const uuidOf = (digits: string) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");

/** True if the type has a `location` that the provider fills in when the program doesn't. */
export const wantsLocation = (type: ResourceType, inputs: Properties): boolean =>
  inputs["location"] === undefined &&
  type.shape["location"] !== undefined &&
  !type.shape["location"].readOnly;

/** One sentence for each input that is missing or breaks a rule of the specification. Unknown values pass. */
export function failures(type: ResourceType, inputs: Properties): string[] {
  const parameters = parametersOf(type.path).filter((name) => name !== "subscriptionId");
  return [
    ...parameters.flatMap((name) => {
      const value = inputs[name];
      return value === undefined
        ? [`missing required property '${name}'`]
        : brokenRules(name, type.parameters?.[name] ?? {}, value);
    }),
    ...shapeFailures("", type.shape, inputs),
  ];
}

function shapeFailures(context: string, shape: Shape, values: Properties): string[] {
  return Object.entries(shape).flatMap(([name, property]) => {
    const path = context ? `${context}.${name}` : name;
    const value = values[name];
    if (value !== undefined) return valueFailures(path, property, value);
    return property.required
      ? [`missing required property '${path}'${path === "location" ? locationHint : ""}`]
      : [];
  });
}

const locationHint =
  ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.";

function valueFailures(path: string, property: Property, value: Value): string[] {
  const { shape } = property;
  if (shape && Array.isArray(value)) {
    return value.flatMap((item, index) =>
      isObject(item) ? shapeFailures(`${path}[${String(index)}]`, shape, item) : [],
    );
  }
  if (shape && isObject(value)) return shapeFailures(path, shape, value);
  return brokenRules(path, property, value);
}

function brokenRules(path: string, rules: Rules, value: Value): string[] {
  if (isUnknown(value)) return [];
  const { minLength, maxLength, pattern, minimum } = rules;
  const broken: string[] = [];
  if (typeof value === "string") {
    const length = value.length;
    if (minLength !== undefined && length < minLength) {
      broken.push(`'${path}' is too short (${length}): at least ${minLength} characters required`);
    }
    if (maxLength !== undefined && length > maxLength) {
      broken.push(`'${path}' is too long (${length}): at most ${maxLength} characters allowed`);
    }
    if (pattern && !pattern.test(value))
      broken.push(`'${path}' does not match expression '${pattern.source}'`);
  }
  if (typeof value === "number" && minimum !== undefined && value < minimum) {
    broken.push(`'${path}' is too low (${value.toFixed(6)} < ${minimum.toFixed(6)})`);
  }
  return broken;
}
