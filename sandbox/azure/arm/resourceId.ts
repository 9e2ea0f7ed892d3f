import { ArmError } from "./error.ts";

/** Where a path leads: a resource, a collection of them, or an action on one. */
export interface Target {
  /** Namespace of the provider as written, for example `microsoft.eventhub`. */
  readonly provider: string;
  /** Names of the type below the provider, for example `["namespaces", "eventhubs"]`. */
  readonly types: readonly string[];
  /** One for each type; one fewer for a collection. */
  readonly names: readonly string[];
  /** The id of what the top-level type belongs to, as written; `""` for the tenant. */
  readonly scope: string;
}

export function segmentsOf(path: string): string[] {
  try {
    return path.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new ArmError(400, "InvalidRequestUri", `The path '${path}' is not encoded properly.`);
  }
}

/**
 * Reads the segments after the last `providers` (a resource that hangs on another one has several), and resource
 * groups, which have none. Undefined: no path of a resource or a collection.
 */
export function targetOf(segments: readonly string[]): Target | undefined {
  const low = segments.map((segment) => segment.toLowerCase());
  const at = low.findLastIndex((segment, i) => segment === "providers" && i % 2 === 0);
  if (at >= 0) {
    const [provider, ...rest] = segments.slice(at + 1);
    if (provider === undefined || rest.length === 0) return undefined;
    return {
      provider,
      types: rest.filter((_, i) => i % 2 === 0),
      names: rest.filter((_, i) => i % 2 === 1),
      scope: segments
        .slice(0, at)
        .map((s) => `/${s}`)
        .join(""),
    };
  }
  if (low[0] !== "subscriptions" || low[2] !== "resourcegroups" || segments.length > 4) return undefined;
  return {
    provider: "Microsoft.Resources",
    types: ["resourceGroups"],
    names: segments.slice(3),
    scope: `/subscriptions/${segments[1] ?? ""}`,
  };
}

/** The resource group in an id; undefined: there is none in it. */
export function groupOf(id: string): string | undefined {
  return /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)/i.exec(id)?.[1];
}

/** The id that a resource belongs to: the parent of a nested one, or else the scope. */
export function parentOf(id: string): string {
  const cut = id.replace(/\/[^/]+\/[^/]+$/, "");
  return cut.replace(/\/providers\/[^/]+$/i, "");
}
