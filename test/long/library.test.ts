import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { checkout } from "defender-streaming-sandbox";
import type { Outputs } from "../../streaming/outputs.ts";
import { testSandbox } from "../engine/testSandbox.ts";
import { importedByStates } from "../upgrade/recording.ts";
import { installInto, packLibrary } from "./packedLibrary.ts";

const folder = mkdtempSync(join(tmpdir(), "defender streaming library "));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const packed = packLibrary(folder);
const install = (example: string) =>
  installInto(join(checkout, "examples", example), packed, join(folder, example));
const program = install("library");
const sideBySide = install("library-commonjs");

describe("the package", () => {
  it("holds the compiled library with its declarations, and what npm always adds", () => {
    const inDist = packed.contents.filter((file) => file.startsWith("dist/"));
    expect(packed.contents.filter((file) => !file.startsWith("dist/"))).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dynamic.mjs",
      "package.json",
    ]);
    expect(inDist).toContain("dist/library.js");
    expect(
      inDist.filter(
        (file) =>
          !/^dist\/(library|defenderStreaming|deploy|(azure|components|settings|streaming)\/.+)\.(js|d\.ts)$/.test(
            file,
          ),
      ),
    ).toEqual([]);
  });

  it("depends on the packages that it imports or that code in deployed states imports, and on no other", () => {
    const library = join(program, "node_modules", "defender-streaming");
    const imported = packed.contents
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => ts.preProcessFile(readFileSync(join(library, file), "utf8")).importedFiles)
      .map(({ fileName }) => fileName)
      .filter((name) => !name.startsWith("."))
      .map((name) => name.split("/"))
      .map(([scope = "", name = ""]) => (scope.startsWith("@") ? `${scope}/${name}` : scope))
      .filter((name) => !name.startsWith("node:"));
    const { dependencies } = JSON.parse(readFileSync(join(library, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const asked = Object.keys(dependencies);
    expect(imported.filter((name) => !asked.includes(name))).toEqual([]);
    const used = [...imported, ...importedByStates()];
    expect(asked.filter((name) => !name.startsWith("@pulumi/") && !used.includes(name))).toEqual([]);
  });
});

describe("the types", () => {
  const check = (project: string) => {
    const compiler = join(checkout, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", project], { encoding: "utf8" });
    return stdout;
  };

  it("accept the examples", () => {
    expect(check(program)).toBe("");
    expect(check(sideBySide)).toBe("");
  });

  it("refuse what makes no sense, so they are not all `any`", () => {
    writeFileSync(
      join(program, "wrong.ts"),
      [
        'import { DefenderStreaming, defenderStreaming, plan, requestWith } from "defender-streaming";',
        'requestWith({ product: "office" });',
        "requestWith({ throughputUnit: 4 });",
        'new DefenderStreaming("x", { plan: plan(requestWith()), location: 5 });',
        'await defenderStreaming("x", { location: "westeurope", layout: "multiple" });',
      ].join("\n"),
    );
    expect([...check(program).matchAll(/wrong\.ts\((\d+),/g)].map(([, line]) => Number(line))).toEqual([
      2, 3, 4, 5,
    ]);
  });
});

describe("the example's program", async () => {
  const sandbox = await testSandbox(process.env, program);
  cpSync(join(program, "Pulumi.dev.yaml"), join(sandbox.stackFiles, "Pulumi.dev.yaml"));

  it("is deployed, with values that are outputs of its other resources", async () => {
    await sandbox.up("dev");
    const { defender } = await sandbox.outputs<{ defender: Outputs }>("dev");
    expect(defender.exportSettings).toMatchObject([{ name: "defender-export1", hubName: "defender" }]);
    const registered = sandbox
      .served()
      .filter(({ method, url }) => method === "POST" && url.includes("/register"));
    expect(registered.map(({ url }) => /Microsoft\.\w+/.exec(url)?.[0]).sort()).toEqual([
      "Microsoft.EventHub",
      "Microsoft.Insights",
    ]);
    const [namespace] = defender.namespaces;
    expect(await sandbox.arm("GET", namespace?.resourceId ?? "")).toMatchObject({
      location: "West Europe",
      properties: { zoneRedundant: true },
      tags: { owner: "security", workspace: expect.stringMatching(/^security-workspace/) as string },
    });
  });

  it("changes nothing the second time, and does not lower what auto-inflate raised", async () => {
    const { defender } = await sandbox.outputs<{ defender: Outputs }>("dev");
    await sandbox.control("load", { namespace: defender.namespaces[0]?.name, throughputUnits: 3 });
    expect(await sandbox.changes(() => sandbox.up("dev", "--expect-no-changes"))).toEqual([]);
    expect((await sandbox.outputs<{ defender: Outputs }>("dev")).defender.namespaces).toMatchObject([
      { throughputUnits: 3 },
    ]);
  });

  it("leaves nothing when it is destroyed", async () => {
    await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "dev");
    expect(await sandbox.resources()).toEqual([]);
  });
});

describe("the CommonJS example's program with two streams and its own provider", async () => {
  const sandbox = await testSandbox(process.env, sideBySide);

  it("reports every mistake of its request at once, without a stack trace", async () => {
    const hubs = { layout: "single", throughputUnits: "many", tags: { "a?": "b" } };
    writeFileSync(
      join(sandbox.stackFiles, "Pulumi.wrong.yaml"),
      stringify({ config: { "side-by-side:hubs": hubs } }),
    );
    const { said, changes } = await sandbox.refused("preview", "--non-interactive", "--stack", "wrong");
    expect(changes).toEqual([]);
    expect(said).toContain("3 mistakes in the configuration");
    expect(said).toMatch(/1\. hubName: [^]*2\. throughputUnits: many[^]*3\. tags\.a\?: /);
    expect(said).not.toMatch(/^\s+at /m);
  });

  it("is deployed by that provider alone, and changes nothing the second time", async () => {
    cpSync(join(sideBySide, "Pulumi.dev.yaml"), join(sandbox.stackFiles, "Pulumi.dev.yaml"));
    await sandbox.up("dev");
    expect(await sandbox.changes(() => sandbox.up("dev", "--expect-no-changes"))).toEqual([]);
    const { hubs, archive } = await sandbox.outputs<{ hubs: Outputs; archive: Outputs }>("dev");
    expect([...hubs.exportSettings, ...archive.exportSettings]).toMatchObject([
      { name: "hubs-export1", destination: "eventHub" },
      { name: "archive-storage1", destination: "storage" },
    ]);
    const state = JSON.parse(await sandbox.ok("stack", "export", "--stack", "dev")) as {
      deployment: { resources: { type: string; provider?: string }[] };
    };
    const native = state.deployment.resources.filter(({ type }) => type.startsWith("azure-native:"));
    expect(native.length).toBeGreaterThan(25);
    expect(new Set(native.map(({ provider }) => provider?.split("::").at(-2)))).toEqual(
      new Set(["security"]),
    );
  });

  it("leaves nothing when it is destroyed", async () => {
    await sandbox.ok("destroy", "--yes", "--non-interactive", "--stack", "dev");
    expect(await sandbox.resources()).toEqual([]);
  });
});
