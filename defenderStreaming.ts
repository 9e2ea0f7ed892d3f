import { Provider as AzureProvider } from "@pulumi/azure-native/provider.js";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { directoryProvider } from "./azure/directoryProvider.ts";
import { lookUp } from "./azure/lookUp.ts";
import { azureProvider } from "./azure/provider.ts";
import { createApplications } from "./components/consumers/newConsumers.ts";
import { DefenderStreaming, type DefenderStreamingArgs } from "./components/defenderStreaming.ts";
import type { TagArgs } from "./components/tags.ts";
import { settingsOf } from "./settings/check.ts";
import { readValues } from "./settings/read.ts";
import type { Wishes } from "./settings/requestWith.ts";
import type { Settings } from "./settings/settings.ts";
import { roleLockNotices } from "./streaming/changes/lockNotices.ts";
import { type Cloud, cloudMistakes } from "./streaming/cloud/clouds.ts";
import { locationMistakes } from "./streaming/cloud/regions.ts";
import { decide } from "./streaming/decide.ts";
import {
  type AskedConsumer,
  type AskedPortalUser,
  type NewConsumer,
  placeholderId,
} from "./streaming/people/identities.ts";
import type { Consumer, PortalUser } from "./streaming/people/principals.ts";
import type { Mistake } from "./streaming/wording/mistakes.ts";

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
   * Which applications read the events. One with an `objectId` that is an output of another resource is not looked up. Default: none.
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
    Pick<ReturnType<typeof createApplications>, "applications" | "clientSecrets"> & {
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
  const now = new Date();
  const { location, tags, tagOverrides, exportSettingPrefix, ...asked } = wishes;
  const objectIds = new Map<string, Later>();
  const withPlaceholder = <Person extends object>(one: Person): Person => {
    if (!("objectId" in one && isLater(one.objectId))) return one;
    const objectId = placeholderId(objectIds.size);
    objectIds.set(objectId, one.objectId);
    return { ...one, objectId };
  };
  const reading = readValues(
    {
      ...asked,
      portalUsers: asked.portalUsers?.map(withPlaceholder),
      consumers: asked.consumers?.map(withPlaceholder),
      ...plainTags({ tags, tagOverrides }),
    },
    ["location", "exportSettingPrefix"],
  );
  const region = typeof location === "string" ? location : undefined;
  const { settings, warnings } = settingsOf(reading, now, ({ cloud }) => [
    ...optionMistakes(options),
    ...(cloud ? cloudMistakes(cloud, hintsOf(region, options)) : []),
    ...(isLater(location) ? [] : locationMistakes("location", region)),
  ]);
  const inputs = {
    location,
    exportSettingPrefix,
    tags: tags ?? settings.tags,
    tagOverrides: tagOverrides ?? settings.tagOverrides,
  };
  return deploy(
    name,
    { settings: { ...settings, location: region }, warnings, inputs, objectIds, output, now },
    withProviders(name, settings.cloud, options),
  );
}

/** What is to be created. */
interface Order {
  readonly settings: Omit<Settings, "location"> & { readonly location?: string | undefined };
  /** Sentences about the settings. */
  readonly warnings: readonly string[];
  /** What the component gets in place of settings, because the deployment may be the first to know it. */
  readonly inputs: Pick<DefenderStreamingArgs, "location" | "exportSettingPrefix" | keyof TagArgs>;
  /** The object ids that placeholders stand for. */
  readonly objectIds?: ReadonlyMap<string, Later>;
  /** The stack output that holds the outputs. Default: each of them is one. */
  readonly output?: string;
  readonly now: Date;
}

/** Looks up what exists, decides, and creates. */
export async function deploy(
  name: string,
  { settings, inputs, objectIds, output, now, ...order }: Order,
  options: pulumi.ComponentResourceOptions,
): Promise<Streaming> {
  const provider = providerOf(options, AzureProvider, "azure-native");
  const known = await lookUp(name, settings, { provider, output });
  const withObjectId = <Person extends object>(one: Person): Person => {
    const placeholder = "objectId" in one && typeof one.objectId === "string" ? one.objectId : "";
    const objectId = objectIds?.get(placeholder);
    return objectId === undefined ? one : { ...one, objectId };
  };
  const { found } = known.principals;
  const people = {
    portalUsers: found.portalUsers.map(withObjectId<PortalUser<Later>>),
    consumers: found.consumers.map(withObjectId<Consumer<Later> | NewConsumer>),
  };
  const { plan, notices, ...decided } = decide(settings, { ...known, people }, now);
  const warnings = [...order.warnings, ...decided.warnings];

  const { applications, clientSecrets, consumers } = createApplications(
    name,
    { consumers: people.consumers, displayNamePrefix: stackPrefix(), cloud: plan.cloud },
    { parent: options.parent, provider: options.provider, providers: options.providers },
  );
  const component = new DefenderStreaming(
    name,
    {
      ...settings,
      ...inputs,
      plan,
      portalUsers: people.portalUsers,
      consumers,
    },
    options,
  );

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

function warn(sentences: readonly string[]): void {
  for (const sentence of sentences) void pulumi.log.warn(sentence);
}

/** What the names of a stack begin with where a whole tenant sees them. */
export const stackPrefix = () => `${pulumi.getProject()}-${pulumi.getStack()}`;

const isLater = (value: unknown): value is pulumi.Output<string> | Promise<string> =>
  pulumi.Output.isInstance(value) || value instanceof Promise;

/** Tags as far as they can be checked beforehand. */
function plainTags(tags: TagArgs): object {
  const plain = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, one]) => !isLater(one));
    return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)]));
  };
  return plain(tags) as object;
}

/** Pulumi ignores unknown options. A misspelt `output` would move every table, so any unknown text is refused. */
function optionMistakes(options: pulumi.ComponentResourceOptions): Mistake[] {
  const texts = ["id", "urn", "version", "pluginDownloadURL"];
  return Object.entries(options)
    .filter(([key, value]) => typeof value === "string" && !texts.includes(key))
    .map(([key, value]) => ({
      key: `options.${key}`,
      value: value as unknown,
      rule: "There is no such option.",
      fix: "Write `output` for the stack output that holds `outputs`, or remove it.",
    }));
}

/** `azure-native:environment` is the default provider's. */
function hintsOf(location: string | undefined, options: pulumi.ComponentResourceOptions) {
  const hasOwn = providerOf(options, AzureProvider, "azure-native") !== undefined;
  return {
    locationKey: "location",
    location,
    armEnvironment: process.env["ARM_ENVIRONMENT"],
    nativeEnvironment: hasOwn ? undefined : new pulumi.Config("azure-native").get("environment"),
  };
}

/** The options, with providers of the cloud for the packages that have none. */
function withProviders(
  name: string,
  cloud: Cloud,
  options: pulumi.ComponentResourceOptions,
): pulumi.ComponentResourceOptions {
  const has = (Provider: AnyProvider, pkg: string) => providerOf(options, Provider, pkg) !== undefined;
  const providers = [
    ...Object.values(options.providers ?? {}),
    has(AzureProvider, "azure-native") ? undefined : azureProvider(cloud, `${name}-azure`),
    has(DirectoryProvider, "azuread") ? undefined : directoryProvider(cloud, `${name}-directory`),
  ].filter((one) => one !== undefined);
  return { ...options, providers };
}

type AnyProvider = typeof AzureProvider | typeof DirectoryProvider;

/** The provider of a package that resources with these options have. Undefined: the default one. */
function providerOf(
  { provider, providers, parent }: pulumi.ComponentResourceOptions,
  Provider: AnyProvider,
  name: string,
): pulumi.ProviderResource | undefined {
  const all = [provider, ...Object.values(providers ?? {})];
  return (
    all.find((one): boolean => Provider.isInstance(one)) ?? parent?.getProvider(`${name}:index:Resource`)
  );
}
