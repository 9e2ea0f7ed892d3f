import type { DirectoryObject, World } from "../state.ts";

/** One authenticated call on Microsoft Graph. */
export interface Call {
  readonly world: World;
  readonly method: string;
  readonly url: URL;
  /** The path behind `/v1.0/`, e.g. `["applications", "<id>", "owners"]`. */
  readonly segments: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** A call on one object of the directory; `rest` are the segments behind its own. */
export interface ObjectCall extends Call {
  readonly object: DirectoryObject;
  readonly rest: readonly string[];
}

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
