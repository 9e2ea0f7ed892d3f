import { z } from "zod";
import { descriptions } from "../../settings/describe.ts";
import { locationKey, project } from "../../settings/keys.ts";
import { schema, shape } from "../../settings/shape/schema.ts";

type Json = Record<string, unknown>;

/** What else Pulumi has at the top of a stack file. */
const pulumisOwn = ["environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

/** The JSON Schema of a stack file (`Pulumi.<stack>.yaml`), for completion and checks in editors. */
export function renderSettingsSchema(): string {
  const settings = z.toJSONSchema(schema, {
    target: "draft-07",
    io: "input",
    metadata: descriptions,
    override: asJson,
  });
  const keys = Object.keys(shape);
  const stackFile = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `A stack of ${project}`,
    type: "object",
    properties: {
      ...Object.fromEntries(pulumisOwn.map((key) => [key, {}])),
      config: {
        type: "object",
        required: [locationKey],
        properties: {
          [locationKey]: {
            description: "The Azure region of everything, as one lower-case word. It has no default.",
            type: "string",
            pattern: "^[a-z]+[0-9]*$",
            examples: ["westeurope", "eastus"],
          },
          ...Object.fromEntries(keys.map((key) => [`${project}:${key}`, settings.properties?.[key]])),
        },
        // Keys of other namespaces are ignored; a misspelled one of this project is a mistake.
        patternProperties: { [`^${project}:(?!(?:${keys.join("|")})$)`]: false },
      },
    },
    additionalProperties: false,
  };
  return `${JSON.stringify(stackFile, undefined, 2)}\n`;
}

/** Puts what is said about a setting into JSON Schema's words. */
function asJson({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }): void {
  for (const bound of ["minimum", "maximum"]) {
    if (Math.abs(Number(jsonSchema[bound])) === Number.MAX_SAFE_INTEGER)
      Reflect.deleteProperty(jsonSchema, bound);
  }
  const said = descriptions.get(zodSchema);
  if (said === undefined) return;
  const { description, minimum, ...ours } = said;
  for (const key of Object.keys(ours)) Reflect.deleteProperty(jsonSchema, key);
  const unit = said.unit === undefined ? "" : ` In ${said.unit}.`;
  const otherwise = said.otherwise === undefined ? "" : ` Default: ${said.otherwise}.`;
  jsonSchema["description"] = `${description}${unit}${otherwise}`;
  if (said.values !== undefined) jsonSchema["enum"] = said.values;
  if (minimum !== undefined) jsonSchema["minimum"] = minimum;
  if (said.example !== undefined) jsonSchema["examples"] = [said.example];
}
