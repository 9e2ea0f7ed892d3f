import pulumi from "@pulumi/eslint-plugin";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The arrows between the folders point one way:
 * index.ts -> components -> streaming, index.ts -> settings -> streaming, tools -> settings, streaming.
 * Each entry: a folder, and what its files must not import.
 */
const arrows = {
  streaming: ["components", "settings", "tools", "sandbox", "test", "index"],
  settings: ["components", "tools", "sandbox", "test", "index"],
  components: ["settings", "tools", "sandbox", "test", "index"],
  tools: ["components", "sandbox", "test", "index"],
  sandbox: ["components", "settings", "streaming", "tools", "test", "index"],
};

const wholeAzureNative = {
  regex: "^@pulumi/azure-native$",
  message:
    "Import the sub-module (@pulumi/azure-native/eventhub/index.js): the whole package is slow to load.",
};

const stepsOutside = (folders) => folders.map((folder) => `(^|/)\\.\\./(.*/)?${folder}(/|\\.ts$)`);

const oneWay = Object.entries(arrows).map(([folder, forbidden]) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          ...stepsOutside(forbidden).map((regex) => ({
            regex,
            message: `${folder}/ must not import it: the arrows point one way.`,
          })),
          ...(folder === "streaming"
            ? [
                {
                  regex: "^(@pulumi|@azure|node:)",
                  message: "streaming/ is pure: no Pulumi, no Azure SDK, no file system.",
                },
              ]
            : []),
          wholeAzureNative,
        ],
      },
    ],
  },
}));

export default defineConfig(
  { ignores: ["node_modules/", ".sandbox/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "@pulumi": pulumi },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "off",
    },
  },
  ...oneWay,
);
