import { isUnknown, type Properties, type Value } from "../properties.ts";
import type { BridgedType } from "./bridgedType.ts";

/** The inputs with the schema's defaults. */
export function withDefaults({ inputs: schema }: BridgedType, inputs: Properties): Properties {
  const defaults = Object.entries(schema).flatMap(([name, input]): [string, Value][] =>
    input.default === undefined || inputs[name] !== undefined ? [] : [[name, input.default]],
  );
  return { ...inputs, ...Object.fromEntries(defaults) };
}

/** One sentence for each input that is missing, malformed or not in the schema. Unknown values pass. */
export function failures({ inputs: schema }: BridgedType, inputs: Properties): string[] {
  const given = Object.entries(inputs).filter(([name]) => !name.startsWith("__"));
  return [
    ...Object.entries(schema)
      .filter(([name, { required }]) => required && inputs[name] === undefined)
      .map(
        ([name]) =>
          `Missing required argument. The argument "${snake(name)}" is required, but no definition was found.`,
      ),
    ...given.flatMap(([name, value]) => {
      const input = schema[name];
      if (!input) return [`the sandbox's stand-in for azuread does not know the input '${name}' here`];
      if (value === undefined || [value].flat().some(isUnknown)) return [];
      return input.problem?.(value) ?? [];
    }),
  ];
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
