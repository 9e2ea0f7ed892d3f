import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./azure/lookUp.ts";
import { providerOf } from "./azure/providerOf.ts";
import { createApplications } from "./components/consumers/newConsumers.ts";
import { DefenderStreaming, type DefenderStreamingArgs } from "./components/defenderStreaming.ts";
import { isLater, LaterIds } from "./components/later.ts";
import type { TagArgs } from "./components/tags.ts";
import type { Settings } from "./settings/settings.ts";
import { roleLockNotices } from "./streaming/changes/lockNotices.ts";
import { replacementNotices } from "./streaming/changes/replacementNotices.ts";
import { decide } from "./streaming/decide.ts";

/** What a deployment returns. */
export interface Streaming {
  /** To be exported under the component's name: for people, for the tools, and for the next deployment. */
  readonly outputs: DefenderStreaming["outputs"] &
    Pick<ReturnType<typeof createApplications>, "applications" | "clientSecrets"> & {
      readonly warnings: readonly string[];
    };
  /** The resources underneath, to hang something of your own on. */
  readonly nodes: DefenderStreaming["nodes"];
  readonly component: DefenderStreaming;
}

/** What `deploy` needs. */
interface Order {
  readonly settings: Omit<Settings, "location"> & { readonly location?: string | undefined };
  /** Sentences about the settings. */
  readonly warnings: readonly string[];
  /** What the component gets in place of settings, because the deployment may be the first to know it. */
  readonly inputs: Pick<DefenderStreamingArgs, "location" | "exportSettingPrefix" | keyof TagArgs>;
  /** What placeholders in the settings stand for. Default: there are none. */
  readonly laterIds?: LaterIds;
  /** The stack output that holds the outputs. Default: each of them is one. */
  readonly output?: string;
  readonly now: Date;
}

/** Looks up what exists, decides, and creates. */
export async function deploy(
  name: string,
  { settings, inputs, laterIds = new LaterIds(), output, now, ...order }: Order,
  options: pulumi.ComponentResourceOptions,
): Promise<Streaming> {
  const known = await lookUp(name, settings, { provider: providerOf(options, "azure-native"), output });
  const { plan, notices, ...decided } = decide(settings, known, now);
  const warnings = [...order.warnings, ...decided.warnings];
  const readers = decided.consumers.map(laterIds.reveal);
  const { applications, clientSecrets, consumers } = createApplications(
    name,
    { consumers: readers, displayNamePrefix: stackPrefix(), cloud: plan.cloud },
    options,
  );
  const portalUsers = decided.portalUsers.map(laterIds.reveal);
  const component = new DefenderStreaming(
    name,
    { ...settings, ...inputs, plan, portalUsers, consumers },
    options,
  );

  warn([...warnings, ...notices]);
  if (isLater(inputs.location)) {
    pulumi.output(inputs.location).apply((location) => {
      const { allowDataLoss } = settings;
      const moves = replacementNotices({ plan, last: known.last, request: { location, allowDataLoss } });
      warn(moves.filter((notice) => !notices.includes(notice)));
    });
  }
  component.outputs.requiredRoleAssignments.apply((required) => {
    if (plan.locks) warn(roleLockNotices(known.last.grants, required));
  });
  return {
    outputs: { ...component.outputs, applications, clientSecrets, warnings },
    nodes: component.nodes,
    component,
  };
}

function warn(sentences: readonly string[]): void {
  for (const sentence of sentences) void pulumi.log.warn(sentence);
}

/** What the names of a stack begin with where a whole tenant sees them. */
export const stackPrefix = () => `${pulumi.getProject()}-${pulumi.getStack()}`;
