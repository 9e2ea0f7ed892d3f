import { authorization } from "../providers/authorization/provider.ts";
import { eventHub } from "../providers/eventhub/provider.ts";
import { insights } from "../providers/insights/provider.ts";
import { keyVault } from "../providers/keyVault/provider.ts";
import { managedIdentity } from "../providers/managedIdentity/provider.ts";
import { network } from "../providers/network/provider.ts";
import { policyInsights } from "../providers/policyInsights/provider.ts";
import { security } from "../providers/security/provider.ts";
import { storage } from "../providers/storage/provider.ts";
import type { Provider, ResourceType } from "./resourceType.ts";

/** Providers that can be registered, of whose types none is imitated yet. */
const emptyProviders = ["Microsoft.OperationalInsights"];

/** Every resource provider the sandbox knows. A new one is a folder and its line here. */
export const allProviders: readonly Provider[] = [
  authorization,
  eventHub,
  insights,
  keyVault,
  managedIdentity,
  network,
  policyInsights,
  security,
  storage,
  { namespace: "Microsoft.Resources", registrationFree: true, types: [] },
  ...emptyProviders.map((namespace) => ({ namespace, types: [] })),
];

const types = new Map(allProviders.flatMap((p) => p.types).map((type) => [type.name.toLowerCase(), type]));

/** A declared type by its full name, in any letter case. */
export function typeNamed(name: string): ResourceType | undefined {
  return types.get(name.toLowerCase());
}
