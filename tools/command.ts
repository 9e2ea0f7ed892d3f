import { Command, CommanderError } from "commander";
import { Failure, sentenceFor } from "./failure.ts";

/** A command that `npm run` starts: its own options and its work. `runCommand` does what all commands have in common. */
export interface CommandDefinition<Options extends object> {
  /** The script's name in package.json. */
  readonly name: string;
  readonly description: string;
  /** Arguments of a call that works. Example: `--stack dev`. */
  readonly example: string;
  /** What `--json` prints. */
  readonly json: string;
  /** Adds arguments and options. */
  readonly define: (command: Command) => Command;
  readonly run: (options: Options, args: readonly string[]) => Promise<Outcome>;
}

/** What a command found. */
export interface Outcome {
  readonly isProblem: boolean;
  /** For programs. */
  readonly json: unknown;
  /** For people. */
  readonly text: (look: Look) => string;
}

/** How text looks in a terminal. Elsewhere it has no colors. */
interface Look {
  readonly width?: number;
  readonly color?: boolean;
}

/** Where a command prints. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly look: Look;
}

/** The exit code of every command. */
const exitCodes = { done: 0, problem: 1, usedWrongly: 2 } as const;

/** Runs a command with the arguments of this process. */
export async function runCommand<Options extends object>(
  definition: CommandDefinition<Options>,
): Promise<void> {
  const { stdout, stderr } = process;
  process.exitCode = await exitCodeOf(definition, process.argv.slice(2), {
    out: (text) => stdout.write(text),
    error: (text) => stderr.write(text),
    look: stdout.isTTY ? { width: stdout.columns, color: stdout.hasColors() } : {},
  });
}

/**
 * Runs a command, and prints what it found or why it failed: one sentence, without a stack trace.
 *
 * @throws Error that is a fault of the program
 */
export async function exitCodeOf<Options extends object>(
  definition: CommandDefinition<Options>,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const command = commandOf(definition, terminal);
  try {
    command.parse(args, { from: "user" });
    const { json, ...options } = command.opts<Options & { json?: true }>();
    const outcome = await definition.run(options as Options, command.args);
    const text = json ? JSON.stringify(outcome.json, undefined, 2) : outcome.text(terminal.look);
    terminal.out(`${text}\n`);
    return outcome.isProblem ? exitCodes.problem : exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done;
    } else {
      const sentence = sentenceFor(error);
      if (sentence === undefined) throw error;
      terminal.error(`${sentence}\n`);
      if (!(error instanceof Failure) || error.exitCode !== exitCodes.usedWrongly) return exitCodes.problem;
    }
    if (npmKeptFlagsOf(command)) {
      const call = `${command.name()} ${definition.example}`;
      terminal.error(`npm keeps flags for itself: put -- before them, as in \`${call}\`.\n`);
    }
    return exitCodes.usedWrongly;
  }
}

/** Flags before a `--` go to npm, which puts each into `npm_config_<flag>` and reads `-s` as its own `--silent`. */
function npmKeptFlagsOf(command: Command): boolean {
  return command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) !== "cli")
    .some(
      (option) =>
        process.env[`npm_config_${option.name().replaceAll("-", "_")}`] ||
        (option.short === "-s" && process.env["npm_config_loglevel"] === "silent"),
    );
}

function commandOf<Options extends object>(
  { name, description, json, define }: CommandDefinition<Options>,
  { out, error }: Terminal,
): Command {
  const command = new Command(`npm run ${name} --`)
    .description(description)
    .option("--json", `print JSON: ${json}`)
    .addHelpText("after", "\nExit codes: 0 done, 1 a problem or no answer, 2 used wrongly.")
    .configureOutput({ writeOut: out, writeErr: error })
    .exitOverride();
  return define(command);
}
