import Table from "cli-table3";
import { tenantId } from "./azure/tenant.ts";
import { tour } from "./project.ts";
import type { Sandbox } from "./sandbox.ts";
import { UserError } from "./userError.ts";

/** The outputs that the tour shows. */
interface Outputs {
  exportSettings: {
    name: string;
    resourceId: string;
    hubName: string;
    eventTypes: string[];
  }[];
  portal: {
    url: string;
    page: string;
    menu: string;
    add: string;
    fields: {
      name: string;
      eventTypes: string;
      eventHub: { choice: string; resourceId: string; hubName: string };
    };
  };
  namespaces: {
    name: string;
    resourceId: string;
    tier: string;
    throughputUnits: number;
    maximumThroughputUnits: number;
    hubs: string[];
  }[];
  requiredRoleAssignments: { scope: string }[];
}

/** Preflight, preview, deployment, and the values for the Defender portal. The stack is kept, so that you can try more with it. */
export async function showTour(sandbox: Sandbox): Promise<number> {
  heading("Can it be deployed (npm run preflight)");
  const checked = await sandbox.tool("preflight", ["--stack", tour.stack, "--defender-tenant", tenantId]);
  if (checked !== 0) return checked;

  heading("What would be created (pulumi preview)");
  const preview = await sandbox.pulumi(["preview", "--suppress-outputs", "--stack", tour.stack]);
  if (preview !== 0) return preview;

  heading("Creating it (pulumi up)");
  const up = await sandbox.pulumi([
    "up",
    "--yes",
    "--skip-preview",
    "--suppress-outputs",
    "--stack",
    tour.stack,
  ]);
  if (up !== 0) return up;

  const outputs = await readOutputs(sandbox, tour.stack);
  heading("What exists now");
  console.log(deployedTable(outputs));
  heading("What to enter in the Defender portal");
  console.log(wayToPortal(outputs));
  console.log(portalTable(outputs));
  heading("What to try next");
  console.log(nextSteps);
  return 0;
}

/** Deploys an example to the stack of its name. */
export async function deployExample(sandbox: Sandbox, name: string): Promise<number> {
  return sandbox.pulumi(["up", "--yes", "--stack", name]);
}

async function readOutputs(sandbox: Sandbox, stack: string): Promise<Outputs> {
  const { code, stdout, stderr } = await sandbox.capture(["stack", "output", "--json", "--stack", stack]);
  if (code !== 0) throw new UserError(stderr, code);
  return JSON.parse(stdout) as Outputs;
}

function heading(text: string): void {
  const line = "─".repeat(text.length);
  console.log(`\n${text}\n${line}`);
}

/** Columns without lines, so that values can be copied. */
const plain = {
  chars: Object.fromEntries(
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
      .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
      .map((part) => [part, part === "middle" ? "  " : ""]),
  ),
  style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
};

function deployedTable({ namespaces, requiredRoleAssignments }: Outputs): string {
  const table = new Table({
    ...plain,
    head: ["Namespace", "Tier", "Units", "Auto-inflate to", "Hubs", "Role assignments"],
  });
  for (const { name, resourceId, tier, throughputUnits, maximumThroughputUnits, hubs } of namespaces) {
    const roles = requiredRoleAssignments.filter(({ scope }) =>
      `${resourceId}/`.startsWith(`${scope}/`),
    ).length;
    table.push([
      name,
      tier,
      throughputUnits,
      maximumThroughputUnits === 0 ? "off" : maximumThroughputUnits,
      hubs.length,
      roles,
    ]);
  }
  return withoutTrailingBlanks(table.toString());
}

function wayToPortal({ portal, exportSettings }: Outputs): string {
  const { url, page, menu, add } = portal;
  return (
    `Sign in to ${new URL(url).origin} as a portal user who is also Security Administrator, open ${menu === "" ? page : menu}\n` +
    `(${url}),\n` +
    `choose ${add}, and enter ${String(exportSettings.length)} settings. (The tour ends here: the sandbox has no portal.)\n`
  );
}

/** One block a setting, each value on one line, because they are copied one by one. */
function portalTable({ exportSettings, portal: { fields } }: Outputs): string {
  return exportSettings
    .map(({ name, resourceId, hubName, eventTypes }) => {
      const table = new Table(plain);
      table.push(
        [fields.name, name],
        [fields.eventHub.choice, "(select)"],
        [fields.eventHub.resourceId, resourceId],
        [fields.eventHub.hubName, hubName === "" ? "(leave blank)" : hubName],
        [fields.eventTypes, inLines(eventTypes, 90)],
      );
      return withoutTrailingBlanks(table.toString());
    })
    .join("\n\n");
}

const withoutTrailingBlanks = (text: string) => text.replace(/ +$/gm, "");

/** A list as lines of at most `width` characters. */
function inLines(words: string[], width: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length + 2 <= width)
      lines[lines.length - 1] = `${line}, ${word}`;
    else lines.push(word);
  }
  return lines.join(",\n");
}

const nextSteps = `
  npm run -s sandbox -- stack output --json --stack ${tour.stack}      the same values for programs
  npm run sandbox -- preview --stack dev                      a preview of Pulumi.dev.yaml; edit it and look again
  npm run sandbox -- example one-shared-hub                   another way of streaming (see examples/)
  npm run sandbox -- destroy --yes --stack tour               take a stack down
  npm run sandbox -- reset                                    start again with an empty sandbox

On a real subscription the same project runs as \`pulumi up --stack <name>\`: see README.md.`.replace(
  /^\n/,
  "",
);
