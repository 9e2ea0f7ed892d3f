import type * as pulumi from "@pulumi/pulumi";
import type { Taggable } from "../streaming/cloud/tags.ts";

export type Tags = pulumi.Input<Record<string, pulumi.Input<string>>>;

/** Tags for everything, and for one kind of resource. */
export interface TagArgs {
  /** Tags of everything that can have some. Default: none. Example: `{ owner: "soc" }`. */
  tags?: Tags;
  /**
   * Tags for one kind of resource. They replace `tags`; nothing is merged. Default: none.
   * Example: `{ storageAccount: { owner: "archive" } }`.
   */
  tagOverrides?: { readonly [Kind in Taggable]?: Tags | undefined };
}

/** The tags of a kind of resource. */
export function tagsFor({ tags, tagOverrides }: TagArgs, kind: Taggable): Tags | undefined {
  return tagOverrides?.[kind] ?? tags;
}
