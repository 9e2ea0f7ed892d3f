/** A resource as Resource Manager accepts it: what a benchmark checks. */
export interface ArmResource {
  /** The whole type, such as `Microsoft.EventHub/namespaces/eventhubs`. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly location?: string;
  readonly sku?: { readonly name?: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A rule that some resources do not meet, and why. */
export interface Exception {
  /** The resources, in words. */
  readonly which: string;
  readonly isFor: (resource: ArmResource, all: readonly ArmResource[]) => boolean;
  readonly reason: string;
  /** The setting that meets the rule; absent: there is none. */
  readonly otherwise?: string;
}

/** A rule of a benchmark, restated on the properties of Resource Manager. */
export interface BenchmarkRule {
  /** The benchmark's name of it, in its letter case: `Azure.…` of PSRule, `CKV…` of checkov. */
  readonly id: string;
  /** The built-in policy definition of Azure Policy that asks for the same. */
  readonly policy?: string;
  /** The type or types that it checks. */
  readonly type: string | readonly string[];
  /** What it asks for. */
  readonly asks: string;
  /** @param all everything that is deployed with the resource */
  readonly holds: (resource: ArmResource, all: readonly ArmResource[]) => boolean;
  readonly exceptions?: readonly Exception[];
}

export const everyOne = () => true;

/** The value at a path of properties: `networkAcls.defaultAction`. */
export function at({ properties }: ArmResource, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      properties,
    );
}

/** A condition on one property. */
export const equals =
  (path: string, ...values: readonly unknown[]) =>
  (resource: ArmResource): boolean =>
    values.includes(at(resource, path));

/** The resources of a type below a resource. */
export function below(resource: ArmResource, all: readonly ArmResource[], type: string): ArmResource[] {
  const start = `${resource.id}/`.toLowerCase();
  return all.filter((one) => one.type === type && one.id.toLowerCase().startsWith(start));
}
