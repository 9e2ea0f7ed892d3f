import { createsIdentity, type PlanParts, storesOf, vaultsOf } from "./planParts.ts";

/**
 * The resource providers that have to be registered with the subscription, each once; letter case is ignored.
 *
 * @param further ones that are asked for by name
 */
export function providersFor(plan: PlanParts, further: readonly string[] = []): string[] {
  const needed = {
    // Defender's writer comes through Azure Monitor, wherever it writes.
    "Microsoft.Insights": true,
    "Microsoft.EventHub": plan.namespaces.length > 0,
    "Microsoft.Storage": plan.accounts.length > 0 || storesOf(plan).length > 0,
    "Microsoft.ManagedIdentity": createsIdentity(plan),
    "Microsoft.KeyVault": vaultsOf(plan).length > 0,
    "Microsoft.Security": plan.endpointIntegration !== undefined,
    "Microsoft.Network": plan.privateEndpoints !== undefined,
  };
  const all = [...Object.entries(needed).flatMap(([name, isNeeded]) => (isNeeded ? [name] : [])), ...further];
  const byKey = new Map(all.map((one): [string, string] => [one.toLowerCase(), one]));
  return [...byKey.values()];
}
