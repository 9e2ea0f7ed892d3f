import { autonamingKey, type Naming } from "./autonaming.ts";
import { type Host, hostKinds } from "./hostNames.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { parseId } from "../cloud/resourceId.ts";

/** Azure's answer about a name. */
export type NameAvailability =
  | { readonly is: "free" }
  /** Azure accepts it from nobody. */
  | { readonly is: "refused"; readonly why: string }
  /** @property by the ARM id of the resource with this name, if it is in the subscription */
  | { readonly is: "taken"; readonly by?: string | undefined }
  | { readonly is: "unknown"; readonly why: string };

/** New resources with a host name, and Azure's answers about their names. */
export interface HostNames {
  readonly hosts: readonly (Host & {
    /** Undefined: Azure was not asked, because the name is unknown yet or breaks a rule. */
    readonly availability: NameAvailability | undefined;
  })[];
  /** The names that the stack's resource group may have. */
  readonly group: RegExp;
}

type NamedHost = HostNames["hosts"][number];

interface Named {
  readonly hostNames: HostNames | undefined;
}

const noHosts: HostNames = { hosts: [], group: /^$/ };

/** Whether Azure can be asked for the name. */
export function canBeAsked({ type, naming }: Pick<Host, "type" | "naming">): boolean {
  return naming.isFixed && hostKinds[type].nameRule.pattern.test(naming.name);
}

/** Every name that cannot be used. */
export function hostNameMistakes({ hostNames = noHosts }: Named): Mistake[] {
  const { hosts, group } = hostNames;
  return hosts.flatMap((host, index): Mistake[] => {
    const rule = unfit(host) ?? alike(host, hosts.slice(0, index)) ?? unavailable(host, group);
    if (rule === undefined) return [];
    return [{ key: autonamingKey, value: host.naming.name, rule, fix: fixFor(host) }];
  });
}

/** Names that may be unusable. */
export function hostNameNotices({ hostNames = noHosts }: Named): string[] {
  return [...perhapsOwn(hostNames), ...unanswered(hostNames)];
}

/** A failed deployment leaves no outputs with the resources it created. */
export function perhapsOwn({ hosts, group }: HostNames): string[] {
  return hosts.flatMap(({ what, availability }) =>
    availability?.is === "taken" && availability.by !== undefined && isIn(group, availability.by)
      ? [
          `${capital(what)} gets its name from \`${autonamingKey}\`, and ${availability.by} already has this name. That is right if an earlier deployment of this stack created it. Otherwise choose another pattern.`,
        ]
      : [],
  );
}

/** Names for which Azure gave no answer. */
export function unanswered({ hosts }: HostNames): string[] {
  return hosts.flatMap(({ what, naming, availability }) =>
    availability?.is === "unknown"
      ? [`Azure did not answer whether the name ${naming.name} is free for ${what}: ${availability.why}`]
      : [],
  );
}

/** The rule that the name breaks. */
function unfit({ type, what, naming }: NamedHost): string | undefined {
  if (naming.mode === "disabled") return `With \`disabled\` no resource gets a name, but ${what} needs one.`;
  if (naming.mode === "default" || hostKinds[type].nameRule.pattern.test(naming.name)) return undefined;
  const inPlace = naming.isFixed ? "" : ", with `0` and `x` for random parts";
  return `${capital(what)} would be named ${naming.name}${inPlace}. ${hostKinds[type].nameRule.rule}`;
}

function alike({ type, what, naming }: NamedHost, before: readonly NamedHost[]): string | undefined {
  if (!naming.isFixed) return undefined;
  const other = before.find(
    (one) => one.type === type && one.naming.name.toLowerCase() === naming.name.toLowerCase(),
  );
  return other && `${capital(other.what)} and ${what} would have the same name.`;
}

function unavailable({ type, what, availability }: NamedHost, group: RegExp): string | undefined {
  if (availability?.is === "refused") return `Azure refuses the name for ${what}: ${availability.why}`;
  if (availability?.is !== "taken" || (availability.by !== undefined && isIn(group, availability.by)))
    return undefined;
  const who = availability.by === undefined ? "someone else in Azure" : availability.by;
  return `${capital(what)} would have this name, but ${who} already has it. The name of ${hostKinds[type].what} must be unique in all of Azure.`;
}

function fixFor({ type }: NamedHost): string {
  const provider = type.split(":")[0] ?? "";
  const rules = `{providers: {${provider}: {resources: {"${type}": {pattern: "${hostKinds[type].freePattern}"}}}}}`;
  return `Choose another pattern, preferably with a random part: \`${autonamingKey}: ${rules}\`. Without the key every name gets random digits.`;
}

/** Whether the resource is in a group that may be the stack's. */
function isIn(group: Naming["form"], resourceId: string): boolean {
  return group.test(parseId(resourceId)?.resourceGroupName ?? "");
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
