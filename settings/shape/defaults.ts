import type { Layout } from "../../streaming/request.ts";

/** Defaults that depend on other settings, and the numbers that their descriptions name. */
export const defaultPartitions: Readonly<Record<Layout, number>> = { perTable: 4, single: 32 };

/** Seven days, as far as the tier allows: a reader that is down over a weekend loses nothing. */
export const defaultRetentionHours = 7 * 24;

/** Of auto-inflate, in throughput units. */
export const defaultCeiling = 10;
