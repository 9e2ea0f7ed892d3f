// `npm run record-upgrade`: records what this version deploys, for the upgrade tests of later versions.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import {
  checkout,
  forgetClouds,
  progress,
  Project,
  Sandbox,
  type Snapshot,
} from "defender-streaming-sandbox";
import { subscriptionId } from "defender-streaming-sandbox/tenant";
import { programsIn } from "./programs.ts";
import {
  type Deployed,
  recordedExamples,
  recordedVersions,
  recordings,
  type State,
  writeRecording,
} from "./recording.ts";

/** These are kept of an older version: between them they have every kind of resource, and both ways to use the library. */
const keptOfOlderVersions = [
  "event-hubs-per-table",
  "premium-private",
  "beyond-the-examples",
  "library",
  "library-commonjs",
];

const inExamples = join(checkout, "examples");
const stackFile = (file: string) => ({ name: basename(file, ".yaml"), stack: basename(file, ".yaml"), file });

/** The examples, the library programs, and what neither has. */
const examples = [
  ...readdirSync(inExamples, { withFileTypes: true }).map((entry) =>
    entry.isDirectory()
      ? { name: entry.name, stack: "dev", file: join(inExamples, entry.name, "Pulumi.dev.yaml") }
      : stackFile(join(inExamples, entry.name)),
  ),
  stackFile(join(recordings, "beyond-the-examples.yaml")),
];

/** A Defender for Servers plan: `endpointIntegration` requires one. */
const serversPlan = {
  id: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/VirtualMachines`,
  type: "Microsoft.Security/pricings",
  body: { properties: { pricingTier: "Standard", subPlan: "P1" } },
};

/** PIM grants access for some months at most, and a recording must last longer: it gets the end that the stack file names. */
const end = "2099-01-31T18:00:00.000Z";
const allowedEnd = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString();

const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { version: string };

forgetClouds(process.env);
process.exitCode = await main();

async function main(): Promise<number> {
  if (existsSync(join(recordings, version))) {
    progress(
      `test/upgrade/${version} exists, and a recording of a version is final. Raise the version in package.json first.`,
    );
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "defender streaming "));
  try {
    const programOf = programsIn(join(folder, "programs"));
    const deployed: Deployed[] = [];
    for (const example of examples) {
      progress(`${example.name} …`);
      deployed.push(await deploy(example, join(folder, example.name), programOf(example.name)));
    }
    for (const one of deployed) writeRecording(version, one);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  for (const older of recordedVersions().filter((one) => one !== version)) {
    const surplus = recordedExamples(older).filter((name) => !keptOfOlderVersions.includes(name));
    for (const name of surplus) rmSync(join(recordings, older, name), { recursive: true });
  }
  progress(`test/upgrade/${version} is written.`);
  return 0;
}

/** Deploys an example into a fresh sandbox. */
async function deploy(
  { name, stack, file }: { name: string; stack: string; file: string },
  folder: string,
  program: string,
): Promise<Deployed> {
  const stackFiles = join(folder, "stacks");
  mkdirSync(join(stackFiles, "examples"), { recursive: true });
  const settings = readFileSync(file, "utf8");
  writeFileSync(join(stackFiles, `Pulumi.${stack}.yaml`), settings.replaceAll(end, allowedEnd));
  const sandbox = await Sandbox.open(new Project(join(folder, "sandbox"), program, stackFiles));
  try {
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await sandbox.capture([...args, "--stack", stack]);
      if (code !== 0) throw new Error(`pulumi ${args.join(" ")}:\n${stdout}\n${stderr}`);
      return stdout;
    };
    setDefaultCACertificates([...getCACertificates("default"), readFileSync(sandbox.azure.caFile, "utf8")]);
    const control = `https://127.0.0.1:${String(sandbox.azure.port)}/sandbox/snapshot`;
    const snapshot = async () => (await (await fetch(control)).json()) as Snapshot;
    const fresh = await snapshot();
    const prepared = { ...fresh, resources: [...fresh.resources, serversPlan] };
    await fetch(control, { method: "PUT", body: JSON.stringify(prepared) });
    await run("up", "--yes", "--skip-preview", "--non-interactive");
    const lasting = <T>(content: T) => JSON.parse(JSON.stringify(content).replaceAll(allowedEnd, end)) as T;
    const state = lasting(JSON.parse(await run("stack", "export")) as State);
    return { example: name, stack, settings, state, azure: lasting(await snapshot()) };
  } finally {
    sandbox.close();
  }
}
