/** What the sandbox has to know of a Pulumi command line before it runs it. */
export interface PulumiCommand {
  /** The stack that `--stack` names, without organisation and project. */
  stack: string | undefined;
  /** It runs the program, so that the stack needs settings. */
  runsProgram: boolean;
  /** `stack init`, which makes the stack itself. */
  makesStack: boolean;
  /** It writes into the stack file. */
  changesSettings: boolean;
}

/** Flags that take a value as the next word, as far as they may stand before or between the words of a command. */
const flagsWithValue = new Set([
  "-s",
  "--stack",
  "-C",
  "--cwd",
  "--color",
  "-v",
  "--verbose",
  "-m",
  "--message",
  "-t",
  "--target",
  "-p",
  "--parallel",
]);

const programRunners = ["up", "update", "preview", "pre", "watch"];
const settingsWriters = ["set", "rm", "set-all", "rm-all", "refresh", "cp"];

export function readCommand(args: string[]): PulumiCommand {
  const words: string[] = [];
  let stack: string | undefined;
  let runProgramFlag = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") break;
    if (arg === "--run-program") runProgramFlag = true;
    const joined = /^(?:--stack=|-s=?)(.+)$/.exec(arg);
    if (joined) stack = joined[1];
    else if (arg === "--stack" || arg === "-s") stack = args[++i];
    else if (flagsWithValue.has(arg)) i++;
    else if (!arg.startsWith("-")) words.push(arg);
  }
  const [command = "", subcommand = ""] = words;
  return {
    stack:
      stack?.split("/").at(-1) ?? (command === "stack" && subcommand === "select" ? words[2] : undefined),
    runsProgram:
      programRunners.includes(command) || (["refresh", "destroy"].includes(command) && runProgramFlag),
    makesStack: command === "stack" && subcommand === "init",
    changesSettings: command === "config" && settingsWriters.includes(subcommand),
  };
}
