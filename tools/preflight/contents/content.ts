import type { Settings } from "../../../settings/settings.ts";
import type { TaggedKind } from "../../../streaming/cloud/tags.ts";
import type { Made } from "../check.ts";

export const resourceGroupType = "Microsoft.Resources/subscriptions/resourceGroups";

/**
 * A resource as the deployment will ask for it: the body of its PUT, without what only the deployment will know (names, ids of other
 * resources, live units). test/components/contents.test.ts holds it against the components.
 */
export interface Content {
  readonly type: string;
  readonly apiVersion: string;
  /** Absent for what lives in another resource. */
  readonly location?: string;
  /** Absent for what can have none. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly kind?: string;
  readonly sku?: { readonly name: string; readonly tier?: string };
  readonly identity?: { readonly type: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What contents are made from. */
export interface Asked {
  readonly settings: Settings;
  readonly made: Pick<Made, "namespaces" | "accounts" | "destinations">;
}

/** The tags that a kind of resource gets. */
export const tagsOf = ({ tags, tagOverrides }: Settings, kind: TaggedKind): Record<string, string> =>
  tagOverrides[kind] ?? tags;
