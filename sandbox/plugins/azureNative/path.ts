import { isUnknown, type Properties } from "../properties.ts";

/** The names of the parameters of an ARM path template, in order. */
export const parametersOf = (template: string): string[] =>
  [...template.matchAll(/\{\+?(\w+)\}/g)].map((match) => match[1] ?? "");

/** The name of the parameter that a path template ends with: the resource's own name. None for `…/default`. */
export const nameParameterOf = (template: string): string | undefined => /\{(\w+)\}$/.exec(template)?.[1];

/**
 * The path with its parameters filled in. `{+parameter}` takes a path of several segments, with or without slashes
 * around it; the others are encoded as one segment.
 *
 * @throws Error when a parameter is missing, unknown or no string
 */
export function filled(template: string, values: Properties): string {
  return template.replaceAll(/\{(\+?)(\w+)\}/g, (_, manySegments: string, name: string) => {
    const value = values[name];
    if (typeof value !== "string" || isUnknown(value)) {
      throw new Error(
        `expected string value for path parameter '${name}', got ${value === undefined ? "nothing" : JSON.stringify(value)}`,
      );
    }
    return manySegments ? value.replaceAll(/^\/+|\/+$/g, "") : encodedSegment(value);
  });
}

// Some marks may stand in a path segment as they are ("$Default"), and azure-native lets them.
const encodedSegment = (value: string) =>
  encodeURIComponent(value).replaceAll(/%(24|26|2B|3A|3D|40)/g, (mark) => decodeURIComponent(mark));

/**
 * The values of a template's parameters in a resource id, as they stand there; letter case of the fixed parts doesn't matter. A scope
 * keeps its leading slash (ParseResourceID in provider/pkg/resources/ids.go, since #4818).
 *
 * @throws Error when the id is not one of this template
 */
export function parameterValues(template: string, id: string): Record<string, string> {
  const pattern = template
    .replace(/^\/(?=\{\+)/, "")
    .replaceAll(/\{\+?(\w+)\}|[^{]+/g, (part, name: string | undefined) =>
      name ? `(?<${name}>.*?)` : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    );
  const match = new RegExp(`^${pattern}$`, "i").exec(id);
  if (!match?.groups) throw new Error(`failed to parse '${id}' against the path '${template}'`);
  return { ...match.groups };
}
