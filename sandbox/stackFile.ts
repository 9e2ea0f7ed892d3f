import { Document, isMap, parseDocument } from "yaml";
import { isSandboxSalt, passphrase } from "./passphrase.ts";
import { UserError } from "./userError.ts";

/** All that Pulumi knows at the top of a stack file (`environment` is for its cloud). */
const topLevelKeys = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

/** What belongs to the secrets of the stack in its own backend, not to its settings. */
const secretsKeys = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/**
 * The stack file that the engine gets: the checkout's, with the sandbox's own encryption salt in place of whatever
 * keys the checkout's file names, unless that file's salt is of the sandbox's passphrase. A value that is encrypted with somebody else's
 * key cannot be used here.
 */
export function sandboxStackFile(
  source: { name: string; text: string },
  previous: string | undefined,
): string {
  const document = parse(source.name, source.text);
  const secure = secureKeys(document);
  const own = document.get("encryptionsalt");
  if (secure.length > 0) {
    if (typeof own === "string" && isSandboxSalt(own)) return document.toString({ lineWidth: 0 });
    throw new UserError(
      `${source.name} holds encrypted values (${secure.join(", ")}). Their key is not the sandbox's: ` +
        `use plain example values in a stack for the sandbox, or encrypt them with PULUMI_CONFIG_PASSPHRASE=${passphrase}.`,
    );
  }
  for (const key of secretsKeys) document.delete(key);
  const salt =
    previous === undefined ? undefined : parse("the sandbox's copy", previous).get("encryptionsalt");
  if (typeof salt === "string") document.set("encryptionsalt", salt);
  return document.toString({ lineWidth: 0 });
}

function parse(name: string, text: string): Document {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem) throw new UserError(`${name} is not valid YAML: ${problem.message}`);
  if (document.contents === null) return new Document({});
  if (!isMap(document.contents)) throw new UserError(`${name} must be a map with a \`config:\` key.`);
  const content = document.toJS() as Record<string, unknown>;
  const unknown = Object.keys(content).filter((key) => !topLevelKeys.includes(key));
  if (unknown.length > 0) {
    throw new UserError(
      `${name} has ${unknown.join(", ")} at the top level, where a stack file has no such key. Settings go below \`config:\`.`,
    );
  }
  const config = content["config"] ?? {};
  if (typeof config !== "object" || Array.isArray(config)) {
    throw new UserError(
      `${name}: below \`config:\` go settings such as \`azure-native:location: westeurope\`, one per line.`,
    );
  }
  return document;
}

/** The keys below `config:` whose value, or a part of it, is `secure: …`. */
function secureKeys(document: Document): string[] {
  const config = (document.toJS() as { config?: unknown } | null)?.config;
  const entries = typeof config === "object" && config !== null ? Object.entries(config) : [];
  return entries.filter(([, value]) => holdsSecure(value)).map(([key]) => key);
}

function holdsSecure(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, part]) => key === "secure" || holdsSecure(part));
}
