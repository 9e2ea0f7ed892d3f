import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "defender-streaming-sandbox";
import { importedByStates, lasting, recordings, withoutCode } from "./recording.ts";

const packages = importedByStates();

describe("the code in deployed states", () => {
  it("imports packages", () => {
    expect(packages).toContain("@azure/identity");
  });

  it.each(packages)("finds %s, which the project depends on", async (name) => {
    const { dependencies } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const [scope = "", rest = ""] = name.split("/");
    expect(Object.keys(dependencies)).toContain(scope.startsWith("@") ? `${scope}/${rest}` : scope);
    expect(Object.keys((await import(name)) as object)).not.toEqual([]);
  });
});

describe("a recording", () => {
  const files = readdirSync(recordings, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) !== ".ts")
    .map((entry) => join(entry.parentPath, entry.name));

  it.each([
    [
      "a path of the machine that recorded it",
      /(?<!resources?)\/(?:home|root|Users|tmp|work)\/|file:\/\/|[A-Z]:\\\\/,
    ],
    ["a place in the source", /sourcePosition|stackTrace/],
    ["an access key", /AccountKey|SharedAccessKey=/],
  ])("holds no %s", (_what, pattern) => {
    expect(files.filter((file) => pattern.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("is small enough to be read", () => {
    expect(files.filter((file) => readFileSync(file).length > 1_000_000)).toEqual([]);
  });

  it("keeps only the lasting parts of a state", () => {
    const resource = {
      urn: "urn:pulumi:a",
      type: "t",
      outputs: { createdAt: "2026-11-27T21:04:16.123Z", days: 7 },
    };
    const state = {
      version: 3,
      deployment: {
        manifest: { time: "2026-11-27T21:04:16.123Z", version: "v3.250.0" },
        resources: [
          {
            ...resource,
            created: "2026-11-27T21:04:16Z",
            modified: "2026-11-27T21:04:16Z",
            sourcePosition: "project:///x#1",
          },
        ],
      },
    };
    expect(lasting(state).deployment).toEqual({
      resources: [{ ...resource, outputs: { createdAt: "2026-01-01T00:00:00Z", days: 7 } }],
    });
  });

  it("keeps code that many resources share once", () => {
    const resource = {
      inputs: { __provider: "exports.handler = 1;" },
      outputs: { __provider: "exports.handler = 1;" },
    };
    const { state, code } = withoutCode({ version: 3, deployment: { resources: [resource, resource] } });
    expect(Object.values(code)).toEqual(["exports.handler = 1;"]);
    expect(JSON.stringify(state)).not.toContain("exports.handler");
  });
});
