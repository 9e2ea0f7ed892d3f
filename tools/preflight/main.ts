// `npm run preflight -- --stack <name>`: finds out before a deployment whether it can succeed.
import { runCommand } from "../command.ts";
import { readConfiguration } from "../deployedStack.ts";
import { preflight } from "./preflight.ts";
import { readStackFile } from "./stackFile.ts";
import { subjectOf } from "./subject.ts";
import { inTable } from "./table.ts";

interface Options {
  readonly stack: string;
  readonly defenderTenant?: string;
  readonly cwd: string;
}

await runCommand<Options>({
  name: "preflight",
  description: "Asks Azure, before anything is created, whether you can deploy the settings of a stack.",
  example: "--stack dev",
  json: "a list of {check, status, what, fix}",
  define: (command) =>
    command
      .requiredOption("-s, --stack <name>", "the stack; its settings are in Pulumi.<name>.yaml")
      .option("--defender-tenant <id>", "the tenant that Defender runs in")
      .option("-C, --cwd <folder>", "the folder with the stack file", "."),
  async run({ stack, cwd, defenderTenant }) {
    const { config, encrypted } = readStackFile(cwd, stack.split("/").at(-1) ?? stack);
    const secrets = encrypted.length > 0 ? await readConfiguration(stack, cwd) : {};
    const all = { ...config, ...Object.fromEntries(encrypted.map((key) => [key, secrets[key] ?? ""])) };
    const findings = await preflight(await subjectOf(stack, all, { encrypted, defenderTenant }));
    return {
      isProblem: findings.some(({ status }) => status === "problem"),
      json: findings,
      text: (look) => inTable(findings, look),
    };
  },
});
