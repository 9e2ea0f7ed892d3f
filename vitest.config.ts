import { defineConfig } from "vitest/config";

/** Three projects: `fast` needs no engine; `engine` runs the real Pulumi engine; `long` holds what takes minutes. */
export default defineConfig({
  test: {
    // Dynamic providers are serialized by Pulumi from their source: the module runner would rewrite that source.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: [
            "test/{streaming,settings,azure,components,docs,tools}/**/*.test.ts",
            "test/*.test.ts",
            "sandbox/test/**/*.test.ts",
            "test/upgrade/recorded.test.ts",
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: ["test/long/**/*.test.ts", "test/upgrade/upgrade.test.ts"],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
