import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CommandDefinition, exitCodeOf, type Outcome } from "../../tools/command.ts";
import { Failure } from "../../tools/failure.ts";

const greeting: Outcome = {
  isProblem: false,
  json: { greeting: "Hello" },
  text: ({ width = 80 }) => `Hello, ${width}`,
};

/** What a command prints, and its exit code. Without more it greets. */
async function run(args: readonly string[], changes: Partial<CommandDefinition<{ loud?: true }>> = {}) {
  const printed = { out: "", error: "" };
  const definition: CommandDefinition<{ loud?: true }> = {
    name: "greet",
    description: "Greets.",
    example: "world --loud",
    json: "{greeting}",
    define: (command) => command.argument("<whom>").option("--loud", "shout"),
    run: () => Promise.resolve(greeting),
    ...changes,
  };
  const code = await exitCodeOf(definition, args, {
    out: (text) => (printed.out += text),
    error: (text) => (printed.error += text),
    look: { width: 100 },
  });
  return { code, ...printed };
}
const failing = (error: Error) => ({ run: () => Promise.reject(error) });

// `npm test -s` sets it.
beforeEach(() => void vi.stubEnv("npm_config_loglevel", undefined));
afterEach(() => void vi.unstubAllEnvs());

describe("every command", () => {
  it("gets its options and arguments, and prints what it found for people", async () => {
    const seen: unknown[] = [];
    const result = await run(["world", "--loud", "--json"], {
      run(...call) {
        seen.push(...call);
        return Promise.resolve(greeting);
      },
    });
    expect(seen).toEqual([{ loud: true }, ["world"]]);
    expect(result.code).toBe(0);
    expect(await run(["world"])).toEqual({ code: 0, out: "Hello, 100\n", error: "" });
  });

  it("prints JSON with --json", async () => {
    const { code, out } = await run(["world", "--json"]);
    expect([code, JSON.parse(out)]).toEqual([0, { greeting: "Hello" }]);
  });

  it("ends with 1 when it found a problem, and prints it anyway", async () => {
    const result = { ...greeting, isProblem: true };
    expect(await run(["world"], { run: () => Promise.resolve(result) })).toEqual({
      code: 1,
      out: "Hello, 100\n",
      error: "",
    });
  });

  it("ends with 2 when an option is unknown", async () => {
    expect(await run(["world", "--laud"])).toEqual({
      code: 2,
      out: "",
      error: "error: unknown option '--laud'\n(Did you mean --loud?)\n",
    });
  });

  it("ends with 2 when an argument is missing or is one too many", async () => {
    const missing = await run([]);
    expect(missing).toEqual({ code: 2, out: "", error: "error: missing required argument 'whom'\n" });
    const excess = await run(["world", "moon"]);
    expect(excess.code).toBe(2);
    expect(excess.error).toMatch(/^error: too many arguments/);
  });

  it("explains itself with --help", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: npm run greet -- \[options\] <whom>\n\nGreets\.\n/);
    expect(out).toMatch(/--json +print JSON: \{greeting\}\n/);
    expect(out).toMatch(/\nExit codes: 0 done, 1 a problem or no answer, 2 used wrongly\.\n$/);
  });

  it("says in one sentence why it failed, with --json too", async () => {
    const failure = failing(new Failure("The stack is away."));
    for (const args of [["world"], ["world", "--json"]])
      expect(await run(args, failure)).toEqual({ code: 1, out: "", error: "The stack is away.\n" });
    expect(await run(["world"], failing(new Failure("There is no such world.", 2)))).toMatchObject({
      code: 2,
    });
  });

  describe("shows how to pass flags through npm", () => {
    const hint = "npm keeps flags for itself: put -- before them, as in `npm run greet -- world --loud`.\n";
    const refused = failing(new Failure("Name a world: add --loud-as <volume>.", 2));

    it.for([
      ["a flag", "npm_config_loud", "true"],
      ["a flag of two words", "npm_config_loud_as", "thunder"],
      ["-s, which npm reads as --silent", "npm_config_loglevel", "silent"],
    ] as const)("after each usage error if npm kept %s", async ([, variable, value]) => {
      const define: CommandDefinition<object>["define"] = (command) =>
        command.argument("<whom>").option("--loud", "shout").option("-s, --loud-as <volume>", "shout so");
      vi.stubEnv(variable, value);
      expect((await run([], { define })).error).toBe(`error: missing required argument 'whom'\n${hint}`);
      expect(await run(["world"], { define, ...refused })).toEqual({
        code: 2,
        out: "",
        error: `Name a world: add --loud-as <volume>.\n${hint}`,
      });
    });

    it("not if the command got it, as with npm's own --silent before the script's name", async () => {
      vi.stubEnv("npm_config_loglevel", "silent");
      const define: CommandDefinition<object>["define"] = (command) =>
        command.argument("[whom]").option("-s, --loud-as <volume>", "shout so");
      const args = ["world", "--loud-as", "thunder"];
      expect((await run(args, { define, ...refused })).error).not.toContain("npm keeps");
    });

    it("after no other error", async () => {
      vi.stubEnv("npm_config_loud", "true");
      expect((await run(["world"], failing(new Failure("The stack is away.")))).error).toBe(
        "The stack is away.\n",
      );
      expect((await run(["--help"])).error).toBe("");
    });
  });

  it("does not hide an error of the program itself", async () => {
    await expect(run(["world"], failing(new TypeError("x is undefined")))).rejects.toThrow("x is undefined");
  });
});
