import { z } from "zod";
import { descriptions, type Description } from "../../settings/describe.ts";
import { schema, shape } from "../../settings/shape/schema.ts";
import { inYaml } from "../../settings/yaml.ts";
import { linked } from "./linked.ts";

type Key = keyof typeof shape;

/** A setting or a part of one: its JSON Schema, with what the registry says about it. */
interface Node extends Partial<Description> {
  readonly type?: string;
  readonly const?: boolean;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

/** The subjects of docs/settings.md, in its order. */
const subjects: Readonly<Record<string, readonly Key[]>> = {
  "What is streamed": ["product", "cloud", "tables", "destinations", "layout", "hubName"],
  "Event Hubs": [
    "tier",
    "throughputUnits",
    "autoInflate",
    "partitionCount",
    "retentionHours",
    "consumerGroups",
    "clusterId",
    "hubPolicy",
  ],
  "Storage account": ["storage"],
  "People and applications": ["portalUsers", "consumers", "roles", "roleScope", "ownsSharedRoles"],
  "Networks and encryption": ["eventHubNetwork", "privateEndpoints", "customerManagedKey"],
  "Protection against deletion": ["protect", "allowDataLoss", "lock"],
  "Existing resources": ["existing"],
  "The tenant's export settings": ["exportSettingsUsedByOthers", "maxEventTypesPerSetting", "placement"],
  "The subscription": ["registration", "endpointIntegration"],
  Tags: ["tags", "tagOverrides"],
};

/** The settings by subject. */
export function renderSettings(): string {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", metadata: descriptions }) as Node;
  const keys = Object.values(subjects).flat();
  const missing = Object.keys(properties).filter((key) => !keys.some((listed) => listed === key));
  if (missing.length > 0) throw new Error(`No subject of docs/settings.md lists ${missing.join(", ")}.`);
  const sections = Object.entries(subjects).flatMap(([subject, its]) => [
    `## ${subject}`,
    ...its.map((key) => setting(key, properties[key] ?? {})),
  ]);
  return sections.join("\n\n");
}

function setting(key: string, node: Node): string {
  const example = node.example === undefined ? [] : [`Example: \`${key}: ${inYaml(node.example)}\``];
  const facts = [...factsOf(node), ...example].map((fact) => `- ${fact}`);
  const keys = keyBullets(node, "");
  const title = node.type === "array" ? "Keys of an entry:" : "Keys:";
  const parts = [`### \`${key}\``, linked(node.description ?? ""), facts.join("\n")];
  return [...parts, ...(keys.length > 0 ? [title, keys.join("\n")] : [])].join("\n\n");
}

/** The keys of a map or of a list's entries, a bullet each, with their own keys below them. */
function keyBullets(node: Node, indent: string): string[] {
  const { properties = {}, required = [] } = mapIn(node) ?? {};
  return Object.entries(properties).flatMap(([key, part]) => {
    const facts = factsOf(part, required.includes(key)).join(". ");
    const description = part.description === undefined ? "" : `${linked(part.description)} `;
    return [`${indent}- **\`${key}\`**: ${description}${facts}.`, ...keyBullets(part, `${indent}  `)];
  });
}

function mapIn(node: Node): Node | undefined {
  const candidates = [node, ...(node.anyOf ?? []), ...(node.items === undefined ? [] : [node.items])];
  return candidates.find(({ properties }) => properties !== undefined);
}

/** What it may be, and what it is without. */
function factsOf(node: Node, required = false): string[] {
  const unit = node.unit === undefined ? "" : `, in ${node.unit}`;
  const empty = ["[]", "{}"].includes(inYaml(node.default));
  const written = node.default === undefined || empty ? undefined : `\`${inYaml(node.default)}\``;
  const byDefault = node.otherwise ?? written;
  return [
    `Value: ${valueOf(node)}${unit}`,
    ...(required ? ["Required"] : byDefault === undefined ? [] : [`Default: ${byDefault}`]),
  ];
}

function valueOf(node: Node): string {
  return optionsOf(node)
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1");
}

function optionsOf(node: Node): readonly string[] {
  const { anyOf, enum: values, const: only, items, type = "any" } = node;
  if (anyOf !== undefined) return anyOf.flatMap(optionsOf);
  if (values !== undefined) return values.map((value) => `\`${value}\``);
  if (only !== undefined) return [`\`${String(only)}\``];
  if (items === undefined) return [type === "object" ? "map" : type];
  return [`list of ${items.enum === undefined ? `${valueOf(items)}s` : valueOf(items)}`];
}
