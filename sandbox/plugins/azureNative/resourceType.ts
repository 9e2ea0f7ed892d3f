import type { CustomResource } from "./customResource.ts";
import type { Properties, Value } from "../properties.ts";

/** Rules for the value of a path parameter or property, which the provider's `check` enforces. */
export interface Rules {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly minimum?: number;
}

/** A property of a resource: where it stands in ARM's bodies, and what a change of it means. */
export interface Property extends Rules {
  /** The objects around it on the wire, outermost first. Default: none. */
  readonly in?: readonly string[];
  /** Its name on the wire. Default: its name in the SDK. */
  readonly wireName?: string;
  /** Only ever an output. */
  readonly readOnly?: true;
  /** Only ever an input: the SDK has no output for it. */
  readonly inputOnly?: true;
  readonly required?: true;
  /** A change replaces the resource. */
  readonly forceNew?: true;
  /** The specification's default: adding the property with this value is no change. */
  readonly default?: Value;
  /** The properties of the object, or of each element of the array. Without it, a value passes as it is. */
  readonly shape?: Shape;
  /** A list of names in the SDK, an object with these keys on the wire. */
  readonly stringSet?: true;
  /** An array whose elements are identified by these properties, so that their order is no change. */
  readonly identifiers?: readonly string[];
  /** A list of children that are resources as well: if the program does not give it, Azure's list is kept. */
  readonly keptIfUnset?: true;
}

export type Shape = Readonly<Record<string, Property>>;

/** A resource type of azure-native, as a row of the table: its metadata, without what follows from the path. */
export interface ResourceType {
  /** The ARM path, with `{parameters}` named as in the SDK; `{+scope}` stands for several segments. */
  readonly path: string;
  readonly apiVersion: string;
  /** Rules for path parameters. */
  readonly parameters?: Readonly<Record<string, Rules>>;
  /** Everything that isn't in the path. */
  readonly shape: Shape;
  /** The operations that are long-running in the specification: their end is waited for. Default: none. */
  readonly longRunning?: { readonly put?: true; readonly delete?: true };
  /** It has no DELETE: Azure creates and deletes it with its parent, and "deleting" it puts `defaultBody` there. */
  readonly singleton?: true;
  /** The inputs that stand for the state in which Azure creates it together with its parent. */
  readonly defaultBody?: Properties;
  /** How azure-native creates it if not by a PUT of the path. Its name in the path is then generated, and not an input of the SDK. */
  readonly custom?: CustomResource;
  /** What to send for an input that was removed, if ARM would keep the old value. */
  readonly defaults?: Properties;
}

/** A function that isn't the getter of a resource type: a POST. */
export interface Action {
  readonly path: string;
  readonly apiVersion: string;
}

export const plain = (...names: string[]): Shape => Object.fromEntries(names.map((name) => [name, {}]));
export const readOnly = (...names: string[]): Shape =>
  Object.fromEntries(names.map((name) => [name, { readOnly: true }]));

/** The properties stand under `properties` on the wire. */
export const flattened = (shape: Shape): Shape =>
  Object.fromEntries(
    Object.entries(shape).map(([name, property]) => [name, { ...property, in: ["properties"] }]),
  );
