import { z } from "zod";

/** Why a value or key is refused, and what to do instead. */
interface Refusal {
  readonly rule: string;
  readonly fix: string;
}

/** What the reference, settings.schema.json and mistakes say about a setting. */
export interface Description {
  /** A sentence or two: what it does. */
  readonly description: string;
  /** What a number counts. */
  readonly unit?: string;
  /** Its default in words, if that depends on other settings. */
  readonly otherwise?: string;
  readonly example?: unknown;
  /** The lowest number that makes sense at all; the tiers' limits are rules of `streaming/`. */
  readonly minimum?: number;
  /** Values to offer in an editor. */
  readonly values?: readonly string[];
  /** The rule in words, if the schema's own message is no help. */
  readonly rule?: string;
  /** What to write instead of a malformed value. Default: the example. */
  readonly fix?: string;
  /** Values that look right and are refused: rule and fix for each. */
  readonly refused?: Readonly<Record<string, Refusal>>;
  /** Of a map: keys that look right and do not exist. */
  readonly refusedKeys?: Refusal & { readonly pattern: RegExp };
  /** Of a map: former keys, each with the only value that works, and why no other one does. */
  readonly retired?: Readonly<Record<string, Refusal & { readonly only: unknown }>>;
}

export const descriptions = z.registry<Description>();
