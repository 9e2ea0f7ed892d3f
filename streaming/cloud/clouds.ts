import type { Mistake } from "../wording/mistakes.ts";
import { normalizeLocation } from "./regions.ts";

/** Microsoft's clouds, as Microsoft 365 distinguishes them. GCC uses the public one. */
export const cloudNames = ["public", "gccHigh", "dod"] as const;
export type Cloud = (typeof cloudNames)[number];

/** The addresses of a cloud. */
export interface CloudAddresses {
  /** Where people sign in to Microsoft Defender (defender-endpoint/gov.md, MicrosoftDocs/defender-docs). */
  readonly defenderPortal: string;
  /** Azure's name for the cloud: the values of `ARM_ENVIRONMENT` and `azure-native:environment`. */
  readonly environment: "public" | "usgovernment";
  readonly resourceManager: string;
  readonly login: string;
  readonly graph: string;
  /** What the host names of Event Hubs namespaces end in. */
  readonly eventHubsSuffix: string;
  /** What the host names of storage accounts end in. */
  readonly storageSuffix: string;
  /** The audience of tokens that federated credentials take (workload-identity-federation-create-trust.md, MicrosoftDocs/entra-docs). */
  readonly tokenExchangeAudience: string;
  /** What the host names of key vaults end in (key-vault/general/about-keys-secrets-certificates.md, MicrosoftDocs/azure-docs). */
  readonly keyVaultSuffix: string;
}

const government = {
  environment: "usgovernment",
  resourceManager: "https://management.usgovcloudapi.net",
  login: "https://login.microsoftonline.us",
  eventHubsSuffix: "servicebus.usgovcloudapi.net",
  storageSuffix: "core.usgovcloudapi.net",
  tokenExchangeAudience: "api://AzureADTokenExchangeUSGov",
  keyVaultSuffix: "vault.usgovcloudapi.net",
} as const;

/** GCC High and DoD share Azure Government, and differ in what belongs to Microsoft 365: the portal and Graph. */
export const clouds: Readonly<Record<Cloud, CloudAddresses>> = {
  public: {
    defenderPortal: "https://security.microsoft.com",
    environment: "public",
    resourceManager: "https://management.azure.com",
    login: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com",
    eventHubsSuffix: "servicebus.windows.net",
    storageSuffix: "core.windows.net",
    tokenExchangeAudience: "api://AzureADTokenExchange",
    keyVaultSuffix: "vault.azure.net",
  },
  gccHigh: {
    ...government,
    defenderPortal: "https://security.microsoft.us",
    graph: "https://graph.microsoft.us",
  },
  dod: {
    ...government,
    defenderPortal: "https://security.apps.mil",
    graph: "https://dod-graph.microsoft.us",
  },
};

/** Other settings that name a cloud. */
export interface CloudHints {
  /** The key of the region, as the reader of a mistake writes it. */
  readonly locationKey: string;
  /** The region of everything. */
  readonly location: string | undefined;
  /** `ARM_ENVIRONMENT`: the cloud that Azure's tools are set to. */
  readonly armEnvironment: string | undefined;
  /** `AZURE_ENVIRONMENT`, which azure-native takes if there is no other. */
  readonly azureEnvironment: string | undefined;
  /** `azure-native:environment` of the stack. */
  readonly nativeEnvironment: string | undefined;
}

/** What contradicts the cloud that was chosen. */
export function cloudMistakes(cloud: Cloud, hints: CloudHints): Mistake[] {
  const { armEnvironment, azureEnvironment, nativeEnvironment } = hints;
  const last = armEnvironment || nativeEnvironment ? undefined : azureEnvironment;
  return [
    ...locationMistakes(cloud, hints),
    ...environmentMistakes(cloud, "ARM_ENVIRONMENT", armEnvironment),
    ...environmentMistakes(cloud, "AZURE_ENVIRONMENT", last),
    ...environmentMistakes(cloud, "azure-native:environment", nativeEnvironment),
  ];
}

/** The clouds whose regions are known by their names; the rest is public (azure-government/documentation-government-welcome). */
const regionsOf: readonly { prefix: string; clouds: readonly [Cloud, ...Cloud[]]; example: string }[] = [
  { prefix: "usdod", clouds: ["dod"], example: "usdodeast" },
  { prefix: "usgov", clouds: ["gccHigh", "dod"], example: "usgovvirginia" },
  { prefix: "", clouds: ["public"], example: "westeurope" },
];

function locationMistakes(cloud: Cloud, { locationKey, location: given = "" }: CloudHints): Mistake[] {
  const location = normalizeLocation(given);
  if (location === "") return [];
  const home = regionsOf.find(({ prefix }) => location.startsWith(prefix));
  if (!home || home.clouds.includes(cloud)) return [];
  const example = regionsOf.find(({ clouds }) => clouds.includes(cloud))?.example ?? "";
  const meant = home.clouds.map((name) => `\`cloud: ${name}\``).join(" or ");
  return [
    {
      key: "cloud",
      value: cloud,
      rule: `The region ${location} is not in this cloud.`,
      fix: `Write ${meant}, or \`${locationKey}: ${example}\` or another region of this cloud.`,
    },
  ];
}

/** Other names of Azure's tools for a cloud, in lower case. */
const alsoCalled: Readonly<Record<string, string>> = {
  azurechinacloud: "china",
  azurecloud: "public",
  azurepubliccloud: "public",
  azureusgovernment: "usgovernment",
  azureusgovernmentcloud: "usgovernment",
  usgov: "usgovernment",
};

/** The value of `azure-native:environment` that means the same cloud: `AzureUSGovernment` → `usgovernment`. */
export function environmentNamed(name: string): string {
  const small = name.trim().toLowerCase();
  return alsoCalled[small] ?? small;
}

function environmentMistakes(cloud: Cloud, name: string, value = ""): Mistake[] {
  const meant = environmentNamed(value);
  const { environment } = clouds[cloud];
  if (meant === "" || meant === environment) return [];
  const others = cloudNames.filter((other) => clouds[other].environment === meant);
  const choose = others.map((other) => `\`cloud: ${other}\``).join(" or ");
  return [
    {
      key: "cloud",
      value: cloud,
      rule: `${name} is ${value}, but \`cloud: ${cloud}\` needs \`${environment}\`. Parts of a deployment would go to different clouds.`,
      fix: `${choose === "" ? "S" : `Write ${choose}, or s`}et ${name} to ${environment}, or remove it.`,
    },
  ];
}
