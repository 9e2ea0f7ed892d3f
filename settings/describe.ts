import { z } from "zod";

/** Why something is refused, and what to do instead. */
export interface Refusal {
  readonly rule: string;
  readonly fix: string;
}

/** What is said about a setting, in docs/settings.md, in settings.schema.json and in mistakes. */
export interface About {
  /** A sentence or two: what it does. */
  readonly description: string;
  /** What a number counts. */
  readonly unit?: string;
  /** Its default in words, where that depends on other settings. */
  readonly otherwise?: string;
  readonly example?: unknown;
  /** The lowest number that makes sense at all; the tiers' limits are rules of `streaming/`. */
  readonly minimum?: number;
  /** Values to offer in an editor. */
  readonly values?: readonly string[];
  /** The rule in words, where the schema's own are no help. */
  readonly rule?: string;
  /** What to write instead of something that is not of the right form. Default: the example. */
  readonly fix?: string;
  /** Values that are refused although they look right: rule and fix for each. */
  readonly refused?: Readonly<Record<string, Refusal>>;
  /** Of a map: keys that it does not have, for a reason of their own. */
  readonly refusedKeys?: Refusal & { readonly pattern: RegExp };
}

export const about = z.registry<About>();
