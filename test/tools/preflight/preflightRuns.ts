import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, vi } from "vitest";
import { stringify } from "yaml";
import {
  clientSecret,
  deployer,
  restrictedDeployer,
  subscriptionId,
  tenantId,
} from "defender-streaming-sandbox/tenant";
import type { NamedFinding } from "../../../tools/preflight/finding.ts";
import { sentenceFor } from "../../../tools/failure.ts";
import { preflight as findings } from "../../../tools/preflight/preflight.ts";
import { readStackFile } from "../../../tools/preflight/stackFile.ts";
import { subjectOf } from "../../../tools/preflight/subject.ts";
import { subscription, testAzure } from "defender-streaming-sandbox/testAzure";

// The command loads Azure's SDK each time.
vi.setConfig({ testTimeout: 60_000 });

export const azure = await testAzure();
const folder = mkdtempSync(join(tmpdir(), "preflight "));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Writes `Pulumi.<stack>.yaml`. Keys without a namespace are this project's. */
export function configure(stack: string, settings: Record<string, unknown>): void {
  const entries = Object.entries({ "azure-native:location": "westeurope", ...settings });
  const config = entries.map(([key, value]) => [
    key.includes(":") ? key : `defender-streaming:${key}`,
    value,
  ]);
  writeFileSync(
    join(folder, `Pulumi.${stack}.yaml`),
    stringify({ config: Object.fromEntries(config) as unknown }),
  );
}

/** What is said of a stack file with this text. */
export function complaintAbout(text: string): string {
  writeFileSync(join(folder, "Pulumi.odd.yaml"), text);
  try {
    return JSON.stringify(readStackFile(folder, "odd").config);
  } catch (error) {
    return sentenceFor(error) ?? "no sentence";
  }
}

type Environment = Record<string, string | undefined>;

/** By default the deployer is signed in. */
const environmentOf = (changes: Environment): Environment => ({
  ARM_METADATA_HOSTNAME: new URL(azure.origin).host,
  ARM_DISABLE_INSTANCE_DISCOVERY: "true",
  ARM_TENANT_ID: tenantId,
  ARM_SUBSCRIPTION_ID: subscriptionId,
  ARM_CLIENT_ID: deployer.appId,
  ARM_CLIENT_SECRET: clientSecret,
  ...changes,
});

/** Runs the command as a person would. */
export function run(args: string[], changes: Environment = {}): Promise<Run> {
  const ca = join(azure.directory, "tls", "ca.pem");
  const env = { PATH: process.env["PATH"], NODE_EXTRA_CA_CERTS: ca, ...environmentOf(changes) };
  const program = join(import.meta.dirname, "../../../tools/preflight/main.ts");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, "--cwd", folder, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** The findings, by an application of the tenant; by default the deployer. */
export async function preflight(
  settings: Record<string, unknown>,
  { as = deployer.appId, defenderTenant }: { as?: string; defenderTenant?: string } = {},
): Promise<NamedFinding[]> {
  for (const [name, value] of Object.entries(environmentOf({ ARM_CLIENT_ID: as }))) vi.stubEnv(name, value);
  try {
    configure("checked", settings);
    return await findings(
      await subjectOf("checked", readStackFile(folder, "checked").config, { defenderTenant }),
    );
  } finally {
    vi.unstubAllEnvs();
  }
}

export const restricted = { as: restrictedDeployer.appId };

/** Gives the restricted deployer a role. @returns the assignment's id */
export async function grant(role: string, scope = subscription, condition?: string): Promise<string> {
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`;
  const { status, body } = await azure.arm("PUT", id, {
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId: restrictedDeployer.objectId,
      principalType: "ServicePrincipal",
      ...(condition && { condition, conditionVersion: "2.0" }),
    },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return id;
}

/** The findings of one check. */
export const of = (check: string, findings: NamedFinding[]) =>
  findings.filter((finding) => finding.check === check);
