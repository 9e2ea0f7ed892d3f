import type { NamedConsumer } from "../consumers/consumer.ts";
import { readsFrom, streamsTo, type Destination } from "../defender/destinations.ts";
import type { StreamingRequest } from "../request.ts";
import { listed } from "../wording/words.ts";
import { existingNamespaces } from "./existing.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingAccount, ExistingFacts, ExistingNamespace } from "./facts.ts";
import { parseId } from "../cloud/resourceId.ts";

/** Consumers that may have no access because the stack does not manage the firewall. A role opens no network. */
export function readerWarnings(request: StreamingRequest, facts: ExistingFacts): string[] {
  const account = streamsTo(request, "storage") ? asFound(facts.account) : undefined;
  const namespaces = streamsTo(request, "eventHub")
    ? existingNamespaces(request.existing).flatMap(([key]) => asFound(facts.namespaces[key]) ?? [])
    : [];
  return [
    ...namespaces.flatMap((namespace) => [
      ...closedNamespace(namespace, request),
      ...addressesOfNamespace(namespace, request),
    ]),
    ...(account ? addressesOfAccount(account, request) : []),
  ];
}

function readers({ consumers }: StreamingRequest, kind: Destination): readonly NamedConsumer[] {
  return consumers.filter((consumer) => readsFrom(consumer, kind));
}

const namesOf = (consumers: readonly NamedConsumer[]) => listed(consumers.map(({ name }) => name));

/** Consumers with `allowedIps`, and all those addresses. */
function withAddresses(request: StreamingRequest, kind: Destination) {
  const consumers = readers(request, kind).filter(({ allowedIps = [] }) => allowedIps.length > 0);
  return { consumers, addresses: [...new Set(consumers.flatMap(({ allowedIps }) => allowedIps ?? []))] };
}

function closedNamespace(
  { resourceId, publicAccess }: ExistingNamespace,
  request: StreamingRequest,
): string[] {
  const outside = readers(request, "eventHub");
  const byEndpoint = Boolean(request.privateEndpoints) || request.eventHubNetwork?.privateEndpoint === true;
  if (publicAccess !== "Disabled" || byEndpoint || outside.length === 0) return [];
  const { resourceGroupName = "", name = resourceId } = parseId(resourceId) ?? {};
  const open = `az eventhubs namespace network-rule-set update --resource-group ${resourceGroupName} --namespace-name ${name} --public-network-access Enabled --default-action Deny`;
  return [
    `${name} has no public access, so ${namesOf(outside)} can only read through a private endpoint. (1) Let the stack create one with \`privateEndpoints\`, (2) create one yourself and write \`eventHubNetwork: {privateEndpoint: true}\`, or (3) ask the owner to allow the consumers' addresses or subnets: ${open}, with at least one rule.`,
  ];
}

function addressesOfNamespace(
  { resourceId, publicAccess, firewall }: ExistingNamespace,
  request: StreamingRequest,
): string[] {
  const { consumers, addresses } = withAddresses(request, "eventHub");
  if (publicAccess !== "Enabled" || !firewall?.denies || addresses.length === 0) return [];
  const { resourceGroupName = "", name = resourceId } = parseId(resourceId) ?? {};
  const rules = addresses.map((address) => `--ip-rule ip-address=${address} action=Allow`).join(" ");
  return [
    notOurs(name, consumers) +
      `az eventhubs namespace network-rule-set ip-rule add --resource-group ${resourceGroupName} --namespace-name ${name} ${rules}`,
  ];
}

function addressesOfAccount(
  { resourceId, publicAccess, firewall }: ExistingAccount,
  request: StreamingRequest,
): string[] {
  const { consumers, addresses } = withAddresses(request, "storage");
  // A mistake reports an account without any way in.
  if (publicAccess !== "Enabled" || !firewall.denies || firewall.waysIn === 0 || addresses.length === 0)
    return [];
  const { resourceGroupName = "", name = resourceId } = parseId(resourceId) ?? {};
  return [
    notOurs(name, consumers) +
      `az storage account network-rule add --resource-group ${resourceGroupName} --account-name ${name} --ip-address ${addresses.join(" ")}`,
  ];
}

function notOurs(name: string, consumers: readonly NamedConsumer[]): string {
  return `\`allowedIps\` of ${namesOf(consumers)} have no effect on ${name}, because this stack does not manage its firewall. If its rules do not allow them yet, its owner must add them: `;
}
