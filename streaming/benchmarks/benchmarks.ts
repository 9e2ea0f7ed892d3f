import { eventHubRules } from "./eventHubs.ts";
import type { ArmResource, BenchmarkRule, Exception } from "./rule.ts";
import { otherRules } from "./others.ts";
import { storageRules } from "./storage.ts";

/**
 * The rules of two public benchmarks on what a stack makes, and where this project does otherwise on purpose. docs/security.md is made
 * from it, and what the examples deploy is held against it.
 */
export const benchmarks: readonly BenchmarkRule[] = [...eventHubRules, ...storageRules, ...otherRules];

/** A resource that is not as a rule asks. */
export interface Finding {
  readonly rule: BenchmarkRule;
  readonly resource: ArmResource;
  /** Why that is so on purpose; undefined: it is not. */
  readonly exception: Exception | undefined;
}

/** Everything that is not as the benchmarks ask. */
export function findingsIn(
  resources: readonly ArmResource[],
  rules: readonly BenchmarkRule[] = benchmarks,
): Finding[] {
  return rules.flatMap((rule) =>
    resources
      .filter((resource) => [rule.type].flat().includes(resource.type) && !rule.holds(resource, resources))
      .map((resource) => ({
        rule,
        resource,
        exception: rule.exceptions?.find(({ isFor }) => isFor(resource, resources)),
      })),
  );
}
