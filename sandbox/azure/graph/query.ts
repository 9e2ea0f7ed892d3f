import { query } from "../http.ts";
import { GraphError } from "./error.ts";

type Properties = Readonly<Record<string, unknown>>;

/** The objects that match `$filter`: `eq` and `startswith`, joined by `and` (concepts/filter-query-parameter.md). */
export function filtered<Object extends Properties>(objects: readonly Object[], url: URL): Object[] {
  const filter = query(url, "$filter");
  if (filter === undefined) return [...objects];
  const conditions = filter.split(/ and (?=(?:[^']*'[^']*')*[^']*$)/i).map(conditionIn);
  return objects.filter((object) => conditions.every((holds) => holds(object)));
}

function conditionIn(text: string): (object: Properties) => boolean {
  const literal = /^(?:'((?:[^']|'')*)'|(true|false))$/;
  const [, name, value] = /^\s*(\w+)\s+eq\s+(.+?)\s*$/i.exec(text) ?? [];
  const [, prefixed, prefix] = /^\s*startswith\(\s*(\w+)\s*,\s*(.+?)\s*\)\s*$/i.exec(text) ?? [];
  const property = name ?? prefixed;
  const [, quoted, bool] = literal.exec(value ?? prefix ?? "") ?? [];
  if (property === undefined || (quoted === undefined && bool === undefined)) {
    throw new GraphError(400, "BadRequest", `Invalid filter clause: ${text}`);
  }
  const wanted = quoted?.replaceAll("''", "'").toLowerCase() ?? bool;
  return (object) => {
    if (!(property in object)) {
      throw new GraphError(
        400,
        "BadRequest",
        `Invalid filter clause: Could not find a property named '${property}' on type 'microsoft.graph.directoryObject'.`,
      );
    }
    const has = String(object[property]).toLowerCase();
    return prefixed === undefined ? has === wanted : has.startsWith(wanted ?? "");
  };
}

/** The properties that `$select` names, or else those of an answer without it. */
export function selected(object: Properties, usual: readonly string[], url: URL): Record<string, unknown> {
  const names =
    query(url, "$select")
      ?.split(",")
      .map((name) => name.trim()) ?? usual;
  const chosen = names.includes("id") ? names : ["id", ...names];
  return Object.fromEntries(chosen.filter((name) => name in object).map((name) => [name, object[name]]));
}
