import { tiers } from "../../streaming/tiers.ts";
import type { Subject } from "./check.ts";

/** A resource as the deployment will ask for it, as far as policies usually mind. */
export interface Content {
  readonly type: string;
  readonly apiVersion: string;
  readonly location: string;
  readonly sku: { readonly name: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Without these Defender cannot write, or nobody can read. */
export const vital: readonly string[] = ["disableLocalAuth", "publicNetworkAccess", "networkAcls.bypass"];

/** What holds events, in the body of its PUT. */
export function contentsOf({ settings, made }: Pick<Subject, "settings" | "made">): Content[] {
  const { location, tags } = settings;
  const { redundancy, sharedKeyAccess } = settings.storage;
  return [
    ...(made.namespaces > 0
      ? [
          {
            type: "Microsoft.EventHub/namespaces",
            apiVersion: "2024-01-01",
            ...{ location, tags, sku: { name: tiers[settings.tier].sku } },
            properties: {
              disableLocalAuth: false,
              minimumTlsVersion: "1.2",
              publicNetworkAccess:
                settings.eventHubNetwork.publicAccess === "disabled" ? "Disabled" : "Enabled",
            },
          },
        ]
      : []),
    ...(made.accounts > 0
      ? [
          {
            type: "Microsoft.Storage/storageAccounts",
            apiVersion: "2024-01-01",
            ...{ location, tags, sku: { name: `Standard_${redundancy}` } },
            properties: {
              allowBlobPublicAccess: false,
              allowCrossTenantReplication: false,
              allowSharedKeyAccess: sharedKeyAccess,
              minimumTlsVersion: "TLS1_2",
              networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
              publicNetworkAccess: "Enabled",
              supportsHttpsTrafficOnly: true,
            },
          },
        ]
      : []),
  ];
}
