import type { Properties, Value } from "../properties.ts";
import type { GraphClient } from "./graphClient.ts";

/** A resource type of azuread: its schema upstream, as far as the stand-in knows it, and what it does with Graph. */
export interface BridgedType {
  readonly inputs: Readonly<Record<string, Input>>;
  /** Outputs that no input has. */
  readonly computed: readonly string[];
  create(directory: Directory, inputs: Properties): Promise<Created>;
  /**
   * @param before the outputs in state: what Graph does not return is kept from there
   * @returns undefined when it does not exist
   */
  read(directory: Directory, id: string, before: Properties): Promise<Properties | undefined>;
  /** Absent: every input replaces. */
  update?(directory: Directory, id: string, inputs: Properties, before: Properties): Promise<void>;
  delete(directory: Directory, id: string): Promise<void>;
}

export interface Directory {
  readonly graph: GraphClient;
  /** The object id of the signed-in principal. */
  readonly callerId: string;
}

interface Created {
  readonly id: string;
  /** What Graph returns at creation only. */
  readonly outputs?: Properties;
}

/** A property of the schema. */
export interface Input {
  readonly required?: true;
  /** Another value replaces the resource. */
  readonly forceNew?: true;
  /** If the program does not give it, it stays as it is. */
  readonly optionalComputed?: true;
  readonly default?: Value;
  /** The order does not count. */
  readonly set?: true;
  /** @returns what is wrong with a value */
  readonly problem?: (value: Value) => string | undefined;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The checks of values, with upstream's texts (internal/helpers/tf/validation, hashicorp/terraform-provider-azuread). */
export const problems = {
  empty: (name: string) => (value: Value) =>
    value === "" ? `expected "${name}" to not be an empty string, got ` : undefined,
  uuid: (name: string) => (value: Value) =>
    [value].flat().every((one) => typeof one === "string" && guid.test(one))
      ? undefined
      : `expected "${name}" to be a valid UUID, got ${JSON.stringify(value)}`,
  date: (name: string) => (value: Value) =>
    typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
      ? undefined
      : `expected "${name}" to be a valid RFC3339 date, got ${JSON.stringify(value)}`,
  length: (name: string, least: number, most: number) => (value: Value) =>
    typeof value === "string" && value.length >= least && value.length <= most
      ? undefined
      : `expected length of ${name} to be in the range (${String(least)} - ${String(most)}), got ${JSON.stringify(value)}`,
  applicationId: (value: Value) =>
    typeof value === "string" && /^\/applications\/[^/]+$/.test(value)
      ? undefined
      : `parsing the Application ID: the segment at position 0 didn't match: expected /applications/<id>, got ${JSON.stringify(value)}`,
};

/** `/applications/<object id>` → the object id. */
export const lastSegment = (id: string) => id.slice(id.lastIndexOf("/") + 1);

export const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

export const texts = (value: Value | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
