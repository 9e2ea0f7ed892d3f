/** What the sandbox must know about a Pulumi command line before it runs it. */
export interface PulumiCommand {
  /** The words that are no flags: `["stack", "output", "placement"]`. */
  words: string[];
  /** The stack that `--stack` names, without organization and project. */
  stack: string | undefined;
  /** Works on a stack: the named one, or else the selected one. */
  needsStack: boolean;
  /** Runs the program, so that the stack needs settings. */
  runsProgram: boolean;
  /** Writes into the stack file. */
  changesSettings: boolean;
  /** Flags that would lead the engine to another project or other settings than the sandbox's. */
  leadsAway: string[];
}

/** Flags of the Pulumi CLI that take the next word as their value. */
const flagsWithValue = new Set(
  (
    "-s --stack -C --cwd --color -v --verbose -m --message -t --target -p --parallel -c --config --config-file --plan " +
    "--save-plan --replace --target-replace --exclude --policy-pack --policy-pack-config --output --file --tracing --profiling"
  ).split(" "),
);

const stackCommands = ["up", "update", "preview", "pre", "refresh", "destroy", "down", "dn"].concat([
  "config",
  "stack",
  "cancel",
  "watch",
  "import",
  "state",
  "logs",
]);
const stackCommandsWithoutStack = ["init", "ls", "select", "rm", "unselect"];
const programRunners = ["up", "update", "preview", "pre", "watch"];
const settingsWriters = ["set", "rm", "set-all", "rm-all", "refresh", "cp"];
const settingsFlags = ["-c", "--config", "--config-file"];
const projectFlags = ["-C", "--cwd"];

export function readCommand(args: string[]): PulumiCommand {
  const words: string[] = [];
  const flags: string[] = [];
  let stack: string | undefined;
  for (let i = 0; i < args.length && args[i] !== "--"; i++) {
    const arg = args[i] ?? "";
    if (!arg.startsWith("-")) {
      words.push(arg);
      continue;
    }
    const [name = "", joined] = /^(-s)(?!=)(.+)$/.exec(arg)?.slice(1) ?? arg.split(/=(.*)/s);
    flags.push(name);
    const value = joined ?? (flagsWithValue.has(name) ? args[++i] : undefined);
    if (name === "-s" || name === "--stack") stack = value?.split("/").at(-1);
  }
  const [command = "", subcommand = ""] = words;
  const asksForHelp = flags.some((flag) => ["-h", "--help"].includes(flag));
  const runsProgram =
    programRunners.includes(command) ||
    (["refresh", "destroy"].includes(command) && flags.includes("--run-program"));
  return {
    words,
    stack,
    needsStack:
      !asksForHelp &&
      stackCommands.includes(command) &&
      !(command === "stack" && stackCommandsWithoutStack.includes(subcommand)),
    runsProgram: runsProgram && !asksForHelp,
    changesSettings: command === "config" && settingsWriters.includes(subcommand) && !asksForHelp,
    leadsAway: flags.filter(
      (flag) => projectFlags.includes(flag) || (command !== "config" && settingsFlags.includes(flag)),
    ),
  };
}
