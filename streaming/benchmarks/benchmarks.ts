import { eventHubRules } from "./eventHubs.ts";
import type { ArmResource, BenchmarkRule, Exception } from "./rule.ts";
import { otherRules } from "./others.ts";
import { storageRules } from "./storage.ts";

/**
 * The rules of two public benchmarks on what a stack creates, and those that it does not meet on purpose. docs/security.md is
 * generated from them, and a test checks what the examples deploy.
 */
export const benchmarks: readonly BenchmarkRule[] = [...eventHubRules, ...storageRules, ...otherRules];

/** A resource that does not meet a rule. */
export interface UnmetRule {
  readonly rule: BenchmarkRule;
  readonly resource: ArmResource;
  /** Why that is on purpose; undefined: it is not. */
  readonly exception: Exception | undefined;
}

/** Everything that does not meet the benchmarks. */
export function findingsIn(
  resources: readonly ArmResource[],
  rules: readonly BenchmarkRule[] = benchmarks,
): UnmetRule[] {
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
