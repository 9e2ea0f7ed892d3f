import type { StreamingRequest } from "../streaming/request.ts";
import type { Given } from "./shape/schema.ts";

/** Keys whose default depends on other keys. */
export type Dependent = "autoInflate" | "partitionCount" | "retentionHours";

/** All settings with their defaults, as the program uses them. */
export type Settings = Omit<Given, "tables" | Dependent> & {
  readonly [Key in Dependent]: NonNullable<Given[Key]>;
} & {
  /** The region of everything, from `azure-native:location`. */
  readonly location: string;
  /** As the catalog spells them, in its order. */
  readonly tables: readonly string[];
  /** Those of `tables` that this project does not know. */
  readonly unlistedTables: readonly string[];
};

/** Settings are a request: this stops compiling when they no longer are. */
type SettingsAreARequest = Settings extends StreamingRequest ? true : never;
true satisfies SettingsAreARequest;
