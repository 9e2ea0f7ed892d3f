import { format } from "prettier";
import { z } from "zod";
import { about } from "../../settings/describe.ts";
import { inYaml } from "../../settings/yaml.ts";
import { locationKey, project } from "../../settings/keys.ts";
import { shape } from "../../settings/shape/schema.ts";
import { markdownTable } from "./markdownTable.ts";

/** README's table of settings, formatted as the format check wants it. */
export async function renderSettingsTable(): Promise<string> {
  const rows = [
    [`\`${locationKey}\``, "The Azure region of everything, e.g. `westeurope`.", "required"],
    ...Object.entries(shape).flatMap(([key, schema]) => settingRows(key, schema)),
  ];
  const table = markdownTable([`key (${project}:…)`, "what it does", "default"], rows);
  return (await format(table, { parser: "markdown" })).trim();
}

/** The row of a setting, and those of its keys, or of its entries' keys, that have defaults of their own. */
function settingRows(key: string, schema: z.ZodType): string[][] {
  const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : undefined;
  const list = schema instanceof z.ZodDefault ? schema.unwrap() : undefined;
  const entry = list instanceof z.ZodArray ? list.element : undefined;
  const entryKeys = keysOf(entry).filter(([, part]) => about.get(part)?.otherwise !== undefined);
  return [
    settingRow(key, schema),
    ...keysOf(inner).map(([name, part]) => settingRow(`${key}.${name}`, part)),
    ...entryKeys.map(([name, part]) => settingRow(`${key}[].${name}`, part)),
  ];
}

function keysOf(schema: unknown): [string, z.ZodType][] {
  return schema instanceof z.ZodObject ? Object.entries<z.ZodType>(schema.shape) : [];
}

function settingRow(key: string, schema: z.ZodType): string[] {
  const said = about.get(schema);
  if (said === undefined) throw new Error(`Nothing is said about the setting ${key}.`);
  const unit = said.unit === undefined ? "" : ` In ${said.unit}.`;
  const example = said.example === undefined ? "" : ` E.g. \`${inYaml(said.example)}\`.`;
  const byDefault = said.otherwise ?? `\`${inYaml(schema.parse(undefined))}\``;
  return [`\`${key}\``, `${said.description}${unit}${example}`, byDefault];
}
