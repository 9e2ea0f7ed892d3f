import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Flags of the Pulumi CLI that people type. Without a `--`, npm keeps them for itself, as `npm_config_<name>`: a value that
 * follows one stays among the words, unless it was joined with `=`.
 */
const flags = {
  withValue: [
    "stack",
    "target",
    "replace",
    "exclude",
    "config",
    "message",
    "parallel",
    "color",
    "save-plan",
    "plan",
  ],
  alone: [
    "yes",
    "json",
    "diff",
    "refresh",
    "expect-no-changes",
    "show-secrets",
    "skip-preview",
    "preview-only",
    "remove",
  ].concat([
    "run-program",
    "non-interactive",
    "suppress-outputs",
    "suppress-progress",
    "target-dependents",
    "force",
    "all",
    "plaintext",
  ]),
};

/** Commands that take no further word: a word after them was the value of `-s`, which npm reads as its `--silent`. */
const wordless = ["up", "update", "preview", "pre", "refresh", "destroy"];

/**
 * The command as it must be typed after `--`, when npm swallowed flags of it; undefined when none were swallowed. A command that
 * arrives with a flag was typed with `--`, and a setting in one of npm's files is no flag.
 */
export function swallowedFlags(
  args: string[],
  environment: Record<string, string | undefined>,
): string | undefined {
  if (args.some((arg) => arg.startsWith("-"))) return undefined;
  const settings = npmSettings(environment);
  const value = (flag: string) => {
    const found = environment[`npm_config_${flag.replaceAll("-", "_")}`];
    const isFlag = found !== undefined && found !== "" && found !== "false" && settings.get(flag) !== found;
    return isFlag && environment[`NPM_CONFIG_${flag.replaceAll("-", "_").toUpperCase()}`] !== found
      ? found
      : undefined;
  };

  const words = [...args];
  const swallowed = flags.withValue.flatMap((flag) => {
    const found = value(flag);
    if (found === undefined) return [];
    return [`--${flag} ${found === "true" ? (words.pop() ?? "<value>") : found}`];
  });
  swallowed.unshift(...flags.alone.flatMap((flag) => (value(flag) === undefined ? [] : [`--${flag}`])));
  if (wordless.includes(words[0] ?? "") && words.length > 1)
    swallowed.push(
      `--stack ${words
        .splice(1)
        .join(" ")
        .replace(/^stack /, "")}`,
    );
  // The tour asks nothing, so `--yes` on it changes nothing.
  if (swallowed.length === 0 || (args.length === 0 && swallowed.join() === "--yes")) return undefined;
  return [...words, ...swallowed].join(" ");
}

/** The settings in the user's, the global and the project's .npmrc. */
function npmSettings(environment: Record<string, string | undefined>): Map<string, string> {
  const files = [
    environment["npm_config_userconfig"] ?? join(homedir(), ".npmrc"),
    environment["npm_config_globalconfig"],
    environment["npm_config_local_prefix"] && join(environment["npm_config_local_prefix"], ".npmrc"),
  ];
  const settings = new Map<string, string>();
  for (const file of files) {
    if (file === undefined || !existsSync(file)) continue;
    for (const [, key = "", given = "true"] of readFileSync(file, "utf8").matchAll(
      /^\s*([\w-]+)\s*(?:=\s*(.*?)\s*)?$/gm,
    )) {
      settings.set(key, given);
    }
  }
  return settings;
}
