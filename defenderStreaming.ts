import * as pulumi from "@pulumi/pulumi";
import { signsInApart } from "./azure/directoryProvider.ts";
import { providerOf, type ProviderPackage } from "./azure/providerOf.ts";
import type { DefenderStreamingArgs } from "./components/defenderStreaming.ts";
import { isLater, LaterIds } from "./components/later.ts";
import type { TagArgs } from "./components/tags.ts";
import { deploy, type Streaming } from "./deploy.ts";
import { settingsOf } from "./settings/check.ts";
import { readValues } from "./settings/read.ts";
import type { SettingsDraft } from "./settings/resolve.ts";
import type { Wishes } from "./settings/requestWith.ts";
import { cloudMistakes } from "./streaming/cloud/clouds.ts";
import { locationMistakes } from "./streaming/cloud/regions.ts";
import type { AskedConsumer, AskedPortalUser } from "./streaming/people/identities.ts";
import type { Consumer, PortalUser } from "./streaming/people/principals.ts";
import { clearSecrets } from "./streaming/deployer/signInRules.ts";
import { type Mistake, mistakes } from "./streaming/wording/mistakes.ts";
import { nearest } from "./streaming/wording/suggest.ts";

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
  portalUsers?: readonly (AskedPortalUser | PortalUser<pulumi.Input<string>>)[] | undefined;
  /**
   * Which applications read the events. One with an `objectId` that is an output of another resource is not looked up. Default: none.
   */
  consumers?: readonly (AskedConsumer | Consumer<pulumi.Input<string>>)[] | undefined;
}

export interface StreamingOptions extends pulumi.ComponentResourceOptions {
  /** The stack output that holds `outputs`: the next deployment reads it. Default: the name. */
  output?: string | undefined;
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
  const laterIds = new LaterIds();
  const reading = readValues(
    {
      ...asked,
      portalUsers: laterIds.hideAll(asked.portalUsers),
      consumers: laterIds.hideAll(asked.consumers),
      ...plainTags({ tags, tagOverrides }),
    },
    ["location", "exportSettingPrefix"],
  );
  const region = typeof location === "string" ? location : undefined;
  const { settings, warnings } = settingsOf(reading, now, (draft) => [
    ...optionMistakes(options),
    ...placeMistakes(draft, region, options),
    ...(isLater(location) ? [] : locationMistakes("location", region)),
    ...clearSecrets(pulumi.runtime.allConfig(), isEncrypted),
  ]);
  const inputs = {
    location,
    exportSettingPrefix,
    tags: tags ?? settings.tags,
    tagOverrides: tagOverrides ?? settings.tagOverrides,
  };
  const order = { settings: { ...settings, location: region }, warnings, inputs, laterIds, output, now };
  return deploy(name, order, options);
}

/** Tags as far as they can be checked beforehand. */
function plainTags(tags: TagArgs): object {
  const plain = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).filter(([, one]) => !isLater(one));
    return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)]));
  };
  return plain(tags) as object;
}

/** Pulumi's SDK knows it, also for an inline program of the Automation API, and has no type for it. */
function isEncrypted(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? true;
}

/** Options that guard what is deployed: a misspelled `output` moves every table, and Pulumi ignores an option that it does not know. */
const guards = ["output", "protect", "provider", "providers", "parent", "aliases"];
const otherTexts = ["id", "urn", "version", "pluginDownloadURL"];

function optionMistakes(options: pulumi.ComponentResourceOptions): Mistake[] {
  return Object.entries(options).flatMap(([key, value]): Mistake[] => {
    const meant = nearest(key, guards);
    const isKnown = guards.includes(key) || typeof value !== "string" || otherTexts.includes(key);
    if (meant === key || (meant === undefined && isKnown)) return [];
    const fix = meant === undefined ? "Remove it, or call it `output`." : `Did you mean ${meant}?`;
    return [{ key: `options.${key}`, value, rule: "There is no such option.", fix }];
  });
}

/** What is not in the cloud. */
function placeMistakes(
  { cloud, consumers = [] }: SettingsDraft,
  location: string | undefined,
  options: pulumi.ComponentResourceOptions,
): Mistake[] {
  if (cloud === undefined) return [];
  const armEnvironment = process.env["ARM_ENVIRONMENT"];
  const given = (name: ProviderPackage) =>
    providerOf(options, name) ? undefined : new pulumi.Config(name).get("environment");
  const isPublic = (name: ProviderPackage) =>
    cloud !== "public" && providerOf(options, name) === undefined && !(armEnvironment ?? given(name));
  const needsDirectory = consumers.some(({ application }) => application !== undefined);
  const isApart = cloud === "public" && needsDirectory && !providerOf(options, "azuread") && signsInApart();
  const nativeEnvironment = given("azure-native");
  const azureEnvironment = process.env["AZURE_ENVIRONMENT"];
  const hints = { locationKey: "location", location, armEnvironment, azureEnvironment, nativeEnvironment };
  return [
    ...cloudMistakes(cloud, hints),
    ...mistakes(
      (isPublic("azure-native") || (needsDirectory && isPublic("azuread"))) && {
        key: "cloud",
        value: cloud,
        rule: "The default providers of azure-native and azuread are in the public cloud.",
        fix: `Give the providers of this cloud in the options: \`{ providers: [azureProvider("${cloud}"), directoryProvider("${cloud}")] }\`.`,
      },
      isApart && {
        key: "options.providers",
        value: undefined,
        rule: "The default provider of azuread, which creates applications, does not sign in as azure-native does.",
        fix: 'Give it that sign-in in the options: `{ providers: [directoryProvider("public")!] }`.',
      },
    ),
  ];
}
