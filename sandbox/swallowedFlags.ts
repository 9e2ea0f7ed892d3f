import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Flags of the Pulumi CLI that people type; npm keeps those given without `--` for itself, in `npm_config_<name>`. */
const pulumiFlags = [
  "stack",
  "yes",
  "json",
  "diff",
  "refresh",
  "target",
  "replace",
  "expect_no_changes",
  "show_secrets",
  "skip_preview",
  "preview_only",
  "run_program",
  "non_interactive",
  "remove",
  "config",
  "cwd",
  "exclude",
  "plaintext",
  "secret",
];

/**
 * The flags that npm swallowed because the command was given without `--`, as a person would have typed them.
 * A flag counts only when no flag arrived at all, and when it is not a setting in one of npm's own files.
 */
export function swallowedFlags(args: string[], environment: Record<string, string | undefined>): string[] {
  if (args.length === 0 || args.some((arg) => arg.startsWith("-"))) return [];
  const settings = npmSettings(environment);
  return pulumiFlags.flatMap((name) => {
    const value = environment[`npm_config_${name}`];
    const flag = name.replaceAll("_", "-");
    if (
      value === undefined ||
      value === "" ||
      settings.has(flag) ||
      environment[`NPM_CONFIG_${name.toUpperCase()}`] === value
    ) {
      return [];
    }
    return [value === "true" ? `--${flag}` : `--${flag} ${value}`];
  });
}

/** The keys in the user's, the global and the project's .npmrc. */
function npmSettings(environment: Record<string, string | undefined>): Set<string> {
  const files = [
    environment["npm_config_userconfig"] ?? join(homedir(), ".npmrc"),
    environment["npm_config_globalconfig"],
    environment["npm_config_local_prefix"] && join(environment["npm_config_local_prefix"], ".npmrc"),
  ];
  const keys = files.flatMap((file) =>
    file !== undefined && existsSync(file)
      ? [...readFileSync(file, "utf8").matchAll(/^\s*([\w-]+)\s*(?:=|$)/gm)].map((match) => match[1] ?? "")
      : [],
  );
  return new Set(keys);
}
