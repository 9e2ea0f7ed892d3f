import { globSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { pages, root, textOf } from "./pages.ts";

/** Words that a reader whose first language is not English has to read twice, each with a plain one. */
const words: readonly (readonly [avoid: RegExp, write: string])[] = [
  [/\bmend(s|ed|ing)?\b/i, "fix"],
  [/\bheed(s|ed|ing)?\b/i, "apply, take effect, contain"],
  [/\bbe it\b/i, "for example when"],
  [/\ball the same\b/i, "anyway"],
  [/\bof (theirs|yours|ours|(its|their|one's) own)\b/i, "own, or your …"],
  [/\bnobody (who|but)\b/i, "nobody except, anyone who"],
  [/(^|[.:;] )who (may|has|is|deploys)\b[^?]*$/i, "if you …, anyone who …"],
  [/\b(is|are|be|was) had\b/i, "exists, is available"],
  [/\bshall\b/i, "must, will"],
  [/\bas such\b/i, "say what it is"],
  [/\b(each|every) time\b/i, "always"],
  [/\btold\b/i, "reported"],
  [/\bin vain\b/i, "without success"],
  [/\banew\b/i, "again"],
  [/\b(is|are|was|were) there already\b/i, "existing, exists"],
  [/\bmade\b/i, "created"],
  [/\bmakes\b(?! sense)/i, "creates, or the verb itself"],
  [/\bwhoever\b/i, "anyone who, the first who"],
  [/\bfor good\b/i, "permanently, always"],
  [/\bas (it|they) comes?\b/i, "by default"],
  [/\bso many (days|hours)\b/i, "a number of days"],
  [/\bwhose else\b|\belse than\b/i, "other than"],
  [
    /\b\w*(behaviou|organis|misspelt|colour|neighbou|licence|catalogue|(recogn|normal|serial|capital)is[ei])/i,
    "the American spelling",
  ],
];

/** Texts that may have such words, and why. */
const exceptions: readonly (readonly [text: RegExp, why: string])[] = [
  [/of its own tenant/, "means the tenant"],
  [/`(Mistake\.)?mend`/, "a former name in the CHANGELOG"],
  [
    /^Security events are streamed here\. Made by/,
    "the note of deployed locks: another text would update each of them",
  ],
];

/** Sources whose strings and comments are checked. */
const code = [
  "*.ts",
  "azure/**/*.ts",
  "components/**/*.ts",
  "sandbox/*.ts",
  "sandbox/{azure,engine,plugins,testing}/**/*.ts",
  "settings/**/*.ts",
  "streaming/**/*.ts",
  "tools/**/*.ts",
];

test.for(pages)("%s is in plain English", (page) => {
  const text = page === "CHANGELOG.md" ? newest(textOf(page)) : textOf(page);
  expect(hardWords(text.split("\n"))).toEqual([]);
});

test("the comments of the examples are in plain English", () => {
  const comments = filesOf("examples/*.yaml").flatMap((file) => textOf(file).match(/# .*/g) ?? []);
  expect(hardWords(comments)).toEqual([]);
});

test.for(code)("the strings and comments of %s are in plain English", (pattern) => {
  const found = filesOf(pattern).flatMap((file) =>
    hardWords(wordsIn(file, textOf(file))).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

test("a hard word is found in a string, a template and a comment, and not in a name", () => {
  const source = 'const mend = "heed"; // told\nconst text = `in ${mend} vain, anew`;';
  expect(hardWords(wordsIn("x.ts", source))).toEqual([
    "heed → apply, take effect, contain",
    " vain, anew → again",
    "// told → reported",
  ]);
});

function hardWords(texts: readonly string[]): string[] {
  return texts
    .filter((text) => !exceptions.some(([allowed]) => allowed.test(text)))
    .flatMap((text) => words.flatMap(([avoid, write]) => (avoid.test(text) ? [`${text} → ${write}`] : [])));
}

/** Of the changelog the newest part: what was released stays as it was written. */
function newest(changelog: string): string {
  return changelog.split(/^## /m).slice(0, 2).join("");
}

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).sort();
}

/** The strings and comments of a source. */
function wordsIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const strings: string[] = [];
  const comments = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      strings.push(node.text);
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of ranges) comments.set(pos, text.slice(pos, end));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...strings, ...comments.values()];
}
