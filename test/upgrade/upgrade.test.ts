import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkout } from "defender-streaming-sandbox";
import { testSandbox } from "../engine/testSandbox.ts";
import { programsIn } from "./programs.ts";
import { readRecording, recordedExamples, recordedVersions } from "./recording.ts";

const folder = mkdtempSync(join(tmpdir(), "defender streaming "));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What only dynamic resources change in Azure. */
const ofDynamicResources = /register$|secrets\/|settings\/WDATP|immutabilityPolicies|ScheduleRequests/;

describe.each(recordedVersions())("what version %s deployed", (version) => {
  const programOf = programsIn(join(folder, version));

  it.for(recordedExamples(version))(
    "%s: has no change except those that the changelog names",
    async (example, { onTestFinished }) => {
      const { stackFile, state, azure, operations } = readRecording(version, example);
      const sandbox = await testSandbox(process.env, programOf(example), onTestFinished);
      const stack = basename(stackFile).split(".")[1] ?? "";
      const stateFile = join(sandbox.stackFiles, "state.json");
      copyFileSync(stackFile, join(sandbox.stackFiles, basename(stackFile)));
      writeFileSync(stateFile, JSON.stringify(state));
      await sandbox.restore(azure);
      await sandbox.ok("stack", "import", "--stack", stack, "--file", stateFile);

      expect((await sandbox.preview(stack, "--refresh")).sort()).toEqual(Object.keys(operations).sort());
      const changes = await sandbox.changes(() => sandbox.up(stack, "--refresh"));
      expect(changes.filter((change) => ofDynamicResources.test(change))).toEqual([]);
      await sandbox.ok("preview", "--refresh", "--expect-no-changes", "--stack", stack);
    },
  );
});

describe.each(recordedVersions())("the changes to what version %s deployed", (version) => {
  const operations = recordedExamples(version).flatMap((example) =>
    Object.entries(readRecording(version, example).operations),
  );

  it("create, delete and replace nothing", () => {
    expect(operations.map(([operation]) => operation).filter((one) => !one.startsWith("update "))).toEqual(
      [],
    );
  });

  it("are in the changelog", () => {
    const changelog = readFileSync(join(checkout, "CHANGELOG.md"), "utf8");
    expect(operations.filter(([, sentence]) => !changelog.includes(sentence) || sentence === "")).toEqual([]);
  });
});
