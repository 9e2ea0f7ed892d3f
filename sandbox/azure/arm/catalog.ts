import { authorization } from "../services/authorization/provider.ts";
import { eventHub } from "../services/eventhub/provider.ts";
import { insights } from "../services/insights/provider.ts";
import { keyVault } from "../services/keyVault/provider.ts";
import { managedIdentity } from "../services/managedIdentity/provider.ts";
import { network } from "../services/network/provider.ts";
import { policyInsights } from "../services/policyInsights/provider.ts";
import { security } from "../services/security/provider.ts";
import { storage } from "../services/storage/provider.ts";
import type { Provider, ResourceType } from "./resourceType.ts";

/** Providers that can be registered, without an imitated type yet. */
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
