import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkout } from "defender-streaming-sandbox";
import { testSandbox } from "../engine/testSandbox.ts";
import { readRecording, recordedVersions } from "../upgrade/recording.ts";
import { installInto, packLibrary } from "./packedLibrary.ts";

const folder = mkdtempSync(join(tmpdir(), "defender streaming "));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The program with its own sources, so that a test can change them. */
function copyOfTheProgram(): { program: string; code: string } {
  const program = join(folder, "program");
  mkdirSync(program);
  for (const part of ["azure", "components", "settings", "streaming", "Pulumi.yaml", "package.json"])
    cpSync(join(checkout, part), join(program, part), { recursive: true });
  for (const file of ["index.ts", "deploy.ts", "dynamic.mjs"])
    cpSync(join(checkout, file), join(program, file));
  symlinkSync(join(checkout, "node_modules"), join(program, "node_modules"));
  cpSync(join(checkout, "examples", "one-shared-hub.yaml"), join(program, "Pulumi.dev.yaml"));
  return { program, code: join(program, "components", "dynamic", "code.ts") };
}

function packedLibrary(example: string): { program: string; code: string } {
  const program = installInto(
    join(checkout, "examples", example),
    packLibrary(folder),
    join(folder, example),
  );
  const library = join(program, "node_modules", "defender-streaming");
  return { program, code: join(library, "dist", "components", "dynamic", "code.js") };
}

describe.each([
  ["the program", copyOfTheProgram],
  ["the packed library", () => packedLibrary("library")],
  ["the packed library in CommonJS", () => packedLibrary("library-commonjs")],
])("the code of dynamic resources of %s", async (_what, install) => {
  const { program, code } = install();
  const sandbox = await testSandbox(process.env, program);
  cpSync(join(program, "Pulumi.dev.yaml"), join(sandbox.stackFiles, "Pulumi.dev.yaml"));
  const refused = async (...command: string[]) =>
    (await sandbox.refused(...command, "--yes", "--non-interactive", "--stack", "dev")).said;

  it("is not in the state", async () => {
    await sandbox.up("dev");
    const state = await sandbox.ok("stack", "export", "--stack", "dev");
    expect(state).toContain("defender-streaming/dynamic");
    expect(state).not.toContain("registrationState ??");
    expect(state).not.toContain("@azure/identity");
  });

  it("is the installed one in every refresh and deletion", async () => {
    const marked = (method: string) =>
      `async ${method}() { throw new Error("The new code ran ${method}."); }`;
    writeFileSync(code, `export const providerOf = () => ({ ${marked("read")}, ${marked("delete")} });`);
    expect(await refused("refresh")).toContain("The new code ran read.");
    expect(await refused("destroy", "--refresh=false")).toContain("The new code ran delete.");
  });
});

it("is also deployed over old code that cannot run, by the command that the changelog names", async () => {
  const [version = ""] = recordedVersions();
  const stack = "one-shared-hub";
  const { stackFile, state, azure } = readRecording(version, stack);
  const sandbox = await testSandbox();
  cpSync(stackFile, join(sandbox.stackFiles, `Pulumi.${stack}.yaml`));
  const stateFile = join(sandbox.stackFiles, "state.json");
  const gone = 'exports.handler = () => ({ read: () => import("@azure/gone") });';
  const code = (key: string, value: unknown) =>
    key === "__provider" && typeof value === "string" ? gone : value;
  writeFileSync(stateFile, JSON.stringify(state, code));
  await sandbox.restore(azure);
  await sandbox.ok("stack", "import", "--stack", stack, "--file", stateFile);

  const { said } = await sandbox.refused("up", "--yes", "--non-interactive", "--stack", stack);
  expect(said).toContain("Cannot find package '@azure/gone'");
  expect(readFileSync(join(checkout, "CHANGELOG.md"), "utf8")).toContain("`pulumi up --refresh=false`");
  await sandbox.up(stack, "--refresh=false");
  await sandbox.up(stack, "--expect-no-changes");
});
