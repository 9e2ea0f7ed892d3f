import { Provider } from "@pulumi/azure-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./azure/lookUp.ts";
import { makeApplications } from "./components/consumers/newConsumers.ts";
import { DefenderStreaming, type DefenderStreamingArgs } from "./components/defenderStreaming.ts";
import type { TagArgs } from "./components/tags.ts";
import { settingsWith, type Wishes } from "./settings/requestWith.ts";
import { roleLockNotices } from "./streaming/changes/lockNotices.ts";
import { decide } from "./streaming/decide.ts";
import type { AskedConsumer, AskedPortalUser } from "./streaming/people/identities.ts";
import type { Consumer, PortalUser } from "./streaming/people/principals.ts";
import type { StreamingRequest } from "./streaming/request.ts";

type Later = pulumi.Input<string>;

/** What you want. Everything that you leave out has its default; docs/settings.md lists keys, values and defaults. */
export interface StreamingWishes
  extends
    Omit<Wishes, "portalUsers" | "consumers" | keyof TagArgs>,
    TagArgs,
    Pick<DefenderStreamingArgs, "location" | "exportSettingPrefix"> {
  /**
   * Who saves the export settings in the Defender portal. Anyone with an `objectId` that is an output of another resource is not
   * looked up. Default: nobody.
   */
  portalUsers?: readonly (AskedPortalUser | PortalUser<Later>)[] | undefined;
  /**
   * Which applications read the events. One with an `objectId` that is an output of another resource gets its roles and nothing else.
   * Default: none.
   */
  consumers?: readonly (AskedConsumer | Consumer<Later>)[] | undefined;
}

export interface StreamingOptions extends pulumi.ComponentResourceOptions {
  /** The stack output that holds `outputs`: the next deployment reads it. Default: the name. */
  output?: string | undefined;
}

/** What comes of it. */
export interface Streaming {
  /** To be exported under the component's name: for people, for the tools, and for the next deployment. */
  readonly outputs: DefenderStreaming["outputs"] &
    Pick<ReturnType<typeof makeApplications>, "applications" | "clientSecrets"> & {
      readonly warnings: readonly string[];
    };
  /** The resources underneath, to hang something of your own on. */
  readonly nodes: DefenderStreaming["nodes"];
  readonly component: DefenderStreaming;
}

/**
 * Creates the Azure side of Defender's streaming: looks up what exists, decides, and creates.
 *
 * @example export const defender = (await defenderStreaming("defender", { location: "westeurope" })).outputs;
 * @param name what logical names, and by default the export settings, begin with
 * @throws MistakesError with every mistake at once, before anything is created; Pulumi shows it without a stack trace.
 */
export async function defenderStreaming(
  name: string,
  wishes: StreamingWishes,
  { output = name, ...options }: StreamingOptions = {},
): Promise<Streaming> {
  const { location, tags, tagOverrides, exportSettingPrefix, ...asked } = wishes;
  const [portalUsers, laterUsers] = byKnowledge<AskedPortalUser, PortalUser<Later>>(asked.portalUsers ?? []);
  const [consumers, laterConsumers] = byKnowledge<AskedConsumer, Consumer<Later>>(asked.consumers ?? []);
  const settings = settingsWith(
    { ...asked, portalUsers, consumers, ...plainTags({ tags, tagOverrides }) },
    new Date(),
  );
  const request = typeof location === "string" ? { ...settings, location } : settings;
  const args = {
    location,
    portalUsers: laterUsers,
    consumers: laterConsumers,
    exportSettingPrefix,
    tags: tags ?? settings.tags,
    tagOverrides: tagOverrides ?? settings.tagOverrides,
    registration: settings.registration,
  };
  return deploy(name, request, args, { output, ...options });
}

/**
 * What `defenderStreaming` does with a sound request.
 *
 * @param args what the plan does not say: here `portalUsers` and `consumers` are those whose object id the deployment will know
 * @throws MistakesError
 */
export async function deploy(
  name: string,
  request: StreamingRequest,
  args: Omit<DefenderStreamingArgs, "plan">,
  { output, ...options }: StreamingOptions,
): Promise<Streaming> {
  const known = await lookUp(name, request, { provider: providerOf(options), output });
  const { plan, warnings, notices, ...people } = decide(request, known);

  const { parent, provider, providers } = options;
  const { applications, clientSecrets, ...created } = makeApplications(
    name,
    { consumers: people.consumers, displayNamePrefix: stackPrefix(), cloud: plan.cloud },
    { parent, provider, providers },
  );
  const portalUsers = [...people.portalUsers, ...(args.portalUsers ?? [])];
  const consumers = [...created.consumers, ...(args.consumers ?? [])];
  const component = new DefenderStreaming(name, { ...args, plan, portalUsers, consumers }, options);

  const warn = (sentences: readonly string[]) => {
    for (const sentence of sentences) void pulumi.log.warn(sentence);
  };
  warn([...warnings, ...notices]);
  component.outputs.requiredRoleAssignments.apply((required) => {
    if (plan.locks) warn(roleLockNotices(known.last.grants, required));
  });
  return {
    outputs: { ...component.outputs, applications, clientSecrets, warnings },
    nodes: component.nodes,
    component,
  };
}

/** What the names of a stack begin with where a whole tenant sees them. */
export const stackPrefix = () => `${pulumi.getProject()}-${pulumi.getStack()}`;

const isLater = (value: unknown) => pulumi.Output.isInstance(value) || value instanceof Promise;

/** Those who are known beforehand, and those whose object id only the deployment will know. */
function byKnowledge<Known extends object, Unknown extends object>(
  people: readonly (Known | Unknown)[],
): [known: Known[], later: Unknown[]] {
  const unknown = (one: Known | Unknown): one is Unknown => "objectId" in one && isLater(one.objectId);
  return [people.filter((one): one is Known => !unknown(one)), people.filter(unknown)];
}

/** Tags as far as they can be checked beforehand. */
function plainTags(tags: TagArgs): object {
  const plain = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, one]) => !isLater(one));
    return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)]));
  };
  return plain(tags) as object;
}

/** What reads in Azure as the component's resources do. */
function providerOf({
  provider,
  providers,
  parent,
}: pulumi.ComponentResourceOptions): pulumi.ProviderResource | undefined {
  const all = [provider, ...Object.values(providers ?? {})];
  return (
    all.find((one): boolean => one instanceof Provider) ??
    parent?.getProvider("azure-native:eventhub:Namespace")
  );
}
