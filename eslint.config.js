import { builtinModules } from "node:module";
import pulumi from "@pulumi/eslint-plugin";
import { defineConfig } from "eslint/config";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const top = ["index", "library", "defenderStreaming", "deploy"];
const folders = ["azure", "components", "settings", "streaming", "tools", "test"];

/** The arrows between the folders point one way. Each entry: where, and which folders its files may import beside their own. */
const arrows = [
  { files: top.map((name) => `${name}.ts`), may: ["azure", "components", "settings", "streaming"] },
  { files: ["azure/**/*.ts"], own: "azure", may: ["streaming"] },
  { files: ["components/**/*.ts"], own: "components", may: ["azure", "streaming"] },
  { files: ["settings/**/*.ts"], own: "settings", may: ["streaming"] },
  { files: ["streaming/**/*.ts"], own: "streaming", may: [] },
  { files: ["tools/**/*.ts"], own: "tools", may: ["azure", "settings", "streaming"] },
];

const wholeAzureNative = {
  regex: "^@pulumi/azure-native$",
  message:
    "Import the sub-module (@pulumi/azure-native/eventhub/index.js): the whole package is slow to load.",
};

const pure = {
  regex: `^(@pulumi/|@azure/|node:|(${builtinModules.join("|")})($|/))`,
  message: "streaming/ is pure: no Pulumi, no Azure SDK, no file system.",
};

const sandbox = {
  regex: "^defender-streaming-sandbox($|/)",
  message: "Only tests may import the sandbox: the program cannot tell that it runs in it.",
};

const restrictImports = (...patterns) => ({
  "no-restricted-imports": ["error", { patterns: [wholeAzureNative, ...patterns] }],
});

const oneWay = arrows.map(({ files, own, may }) => {
  const others = folders.filter((folder) => folder !== own && !may.includes(folder));
  // What stands beside a file of the folder (`./azure/…`) is the folder's own, whatever it is called.
  const start = own ? "\\.\\./" : "\\.{1,2}/";
  const above = own ? `|^(\\.\\./)+(${top.join("|")})\\.ts$` : "";
  const regex = `^${start}(.*/)?(${others.join("|")})(/|\\.ts$)${above}`;
  const message = "The arrows between the folders point one way: see CONTRIBUTING.md.";
  const dynamic = { selector: `ImportExpression[source.value=/${regex.replaceAll("/", "\\/")}/]`, message };
  const anyDynamic = { selector: "ImportExpression", message: pure.message };
  return {
    files,
    rules: {
      ...restrictImports({ regex, message }, sandbox, ...(own === "streaming" ? [pure] : [])),
      "no-restricted-syntax": ["error", own === "streaming" ? anyDynamic : dynamic],
    },
  };
});

/** The rooms of streaming/ from the ground up: a room imports only rooms before it. */
const floors = [
  "wording",
  "cloud",
  "eventHubs",
  "defender",
  "placement",
  "benchmarks",
  "consumers",
  "storage",
  "people",
  "naming",
  "existing",
  "roles",
  "network",
  "encryption",
  "deployer",
  "changes",
];

const onlyDown = floors.slice(0, -1).map((room, floor) => ({
  files: [`streaming/${room}/**/*.ts`],
  rules: {
    "import-x/no-restricted-paths": [
      "error",
      {
        zones: floors.slice(floor + 1).map((above) => ({
          target: `streaming/${room}`,
          from: `streaming/${above}`,
          message: "A room imports only rooms on lower floors: see `floors` in eslint.config.js.",
        })),
      },
    ],
  },
}));

export default defineConfig(
  { ignores: ["node_modules/", ".sandbox/", "dist/", "examples/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "@pulumi": pulumi, "import-x": importX },
    settings: { "import-x/resolver-next": [createNodeResolver()] },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@pulumi/no-output-in-template-literal": "error",
      // A workspace is imported by its name, and reaches nothing outside itself.
      "import-x/no-relative-packages": "error",
      "@pulumi/no-output-instance-in-template-literal": "off",
      ...restrictImports(),
    },
  },
  ...oneWay,
  ...onlyDown,
);
