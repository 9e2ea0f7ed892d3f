import { autonamingKey, type Naming } from "./autonaming.ts";
import { type Host, hostKinds } from "./hostNames.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { parseId } from "../cloud/resourceId.ts";

/** What Azure says of a name. */
export type NameStanding =
  | { readonly is: "free" }
  /** Azure does not take it, whoever asks. */
  | { readonly is: "refused"; readonly why: string }
  /** @property by the ARM id of what has it, when that is in the subscription */
  | { readonly is: "taken"; readonly by?: string | undefined }
  | { readonly is: "unknown"; readonly why: string };

/** What is made and named by its host, and how it stands with the names. */
export interface HostNames {
  readonly hosts: readonly (Host & {
    /** Undefined: nothing was asked, because the name is not known yet or breaks a rule by itself. */
    readonly standing: NameStanding | undefined;
  })[];
  /** Which names the stack's resource group may have. */
  readonly group: RegExp;
}

type NamedHost = HostNames["hosts"][number];

/** Whether Azure can be asked for the name. */
export function canBeAsked({ type, naming }: Pick<Host, "type" | "naming">): boolean {
  return naming.isFixed && hostKinds[type].nameRule.pattern.test(naming.name);
}

/** Every name that cannot be had. */
export function hostNameMistakes({ hosts, group }: HostNames): Mistake[] {
  return hosts.flatMap((host, index): Mistake[] => {
    const rule = unfit(host) ?? alike(host, hosts.slice(0, index)) ?? unavailable(host, group);
    if (rule === undefined) return [];
    return [{ key: autonamingKey, value: host.naming.name, rule, fix: fixFor(host) }];
  });
}

/** What a person should know about names that may be had or not. */
export function hostNameNotices(names: HostNames): string[] {
  return [...perhapsOwn(names), ...unanswered(names)];
}

/** A deployment that failed leaves no outputs that would name what it has made. */
export function perhapsOwn({ hosts, group }: HostNames): string[] {
  return hosts.flatMap(({ what, standing }) =>
    standing?.is === "taken" && standing.by !== undefined && isIn(group, standing.by)
      ? [
          `${capital(what)} has its name from \`${autonamingKey}\`, and ${standing.by} has this name. That is as it should be when an earlier deployment of this stack has made it; otherwise choose another pattern.`,
        ]
      : [],
  );
}

/** Names that Azure was asked for in vain. */
export function unanswered({ hosts }: HostNames): string[] {
  return hosts.flatMap(({ what, naming, standing }) =>
    standing?.is === "unknown"
      ? [`Whether the name ${naming.name} is free for ${what}, Azure did not say: ${standing.why}`]
      : [],
  );
}

/** The name breaks a rule that Azure has for all names of the kind. */
function unfit({ type, what, naming }: NamedHost): string | undefined {
  if (naming.mode === "disabled") return `With \`disabled\` nothing has a name, and ${what} needs one.`;
  if (naming.mode === "default" || hostKinds[type].nameRule.pattern.test(naming.name)) return undefined;
  const inPlace = naming.isFixed ? "" : ", where `0` and `x` stand for what is made up";
  return `${capital(what)} would be called ${naming.name}${inPlace}. ${hostKinds[type].nameRule.rule}`;
}

function alike({ type, what, naming }: NamedHost, before: readonly NamedHost[]): string | undefined {
  if (!naming.isFixed) return undefined;
  const other = before.find(
    (one) => one.type === type && one.naming.name.toLowerCase() === naming.name.toLowerCase(),
  );
  return other && `${capital(other.what)} and ${what} would have the same name.`;
}

function unavailable({ type, what, standing }: NamedHost, group: RegExp): string | undefined {
  if (standing?.is === "refused") return `Azure refuses the name for ${what}: ${standing.why}`;
  if (standing?.is !== "taken" || (standing.by !== undefined && isIn(group, standing.by))) return undefined;
  const who = standing.by === undefined ? "somebody in Azure" : standing.by;
  return `${capital(what)} would have the name, and ${who} has it already: the name of ${hostKinds[type].what} is unique in all of Azure.`;
}

function fixFor({ type }: NamedHost): string {
  const provider = type.split(":")[0] ?? "";
  const rules = `{providers: {${provider}: {resources: {"${type}": {pattern: "${hostKinds[type].freePattern}"}}}}}`;
  return `Choose another pattern, best one with a random part: \`${autonamingKey}: ${rules}\`. Without the key every name gets random digits.`;
}

/** Whether the resource is in a group that may be the stack's. */
function isIn(group: Naming["form"], resourceId: string): boolean {
  return group.test(parseId(resourceId)?.resourceGroupName ?? "");
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
