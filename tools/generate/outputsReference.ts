import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { linked } from "./linked.ts";

const file = join(import.meta.dirname, "../../streaming/outputs.ts");

/** docs/outputs.md's list: each stack output with its keys, by the comments in `streaming/outputs.ts`. */
export function renderOutputs(): string {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const interfaces = new Map(
    source.statements.filter(ts.isInterfaceDeclaration).map((part) => [part.name.text, part] as const),
  );
  const keysOf = (name: string) => interfaces.get(name)?.members.filter(ts.isPropertySignature) ?? [];
  const bullets = (type: string, indent = ""): string[] =>
    keysOf(type).flatMap((key) => [
      `${indent}- **\`${key.name.getText()}\`**${textOf(key).replace(/^(?=.)/, ": ")}`,
      ...bullets(elementOf(key), `${indent}  `),
    ]);
  return keysOf("Outputs")
    .map((output) => [
      `## \`${output.name.getText()}\``,
      textOf(output),
      bullets(elementOf(output)).join("\n"),
    ])
    .map((parts) => parts.filter(Boolean).join("\n\n"))
    .join("\n\n");
}

/** The name of the key's type, or of the entries of its list. */
function elementOf({ type }: ts.PropertySignature): string {
  return /^\w+/.exec(type?.getText() ?? "")?.[0] ?? "";
}

/** A declaration's comment, on one line. */
function textOf(declaration: ts.Node): string {
  const texts = ts
    .getJSDocCommentsAndTags(declaration)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "");
  return linked(texts.join(" ").replaceAll(/\s+/g, " "));
}
