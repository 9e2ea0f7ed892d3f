import type { StreamingRequest } from "../request.ts";
import { accountKey } from "../storage/account.ts";
import { listed, sentences } from "../wording/words.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingAccount, ExistingFacts, ExistingNamespace } from "./facts.ts";
import { hubFor, ownerOf } from "./hubs.ts";
import { parseId } from "../cloud/resourceId.ts";
import { readerWarnings } from "./readerWarnings.ts";
import { existingNamespaces } from "./existing.ts";

/** What a person should know about existing resources that can be used. */
export function existingWarnings(request: StreamingRequest, facts: ExistingFacts): string[] {
  const account = asFound(facts.account);
  return [
    ...leftAlone(request),
    ...existingNamespaces(request.existing).flatMap(([key]) => {
      const namespace = asFound(facts.namespaces[key]);
      return namespace
        ? [...namespaceWarnings(namespace, facts), ...retentionWarnings(namespace, request, facts)]
        : [];
    }),
    ...(account ? accountWarnings(account, facts) : []),
    ...readerWarnings(request, facts),
  ];
}

/** Settings that have no effect on existing resources. */
function leftAlone({ existing, eventHubNetwork, lock }: StreamingRequest): string[] {
  const namespaces = existingNamespaces(existing).map(([key]) => key);
  const names = listed([...namespaces, ...(existing?.accountId === undefined ? [] : [accountKey])]);
  return sentences(
    namespaces.length > 0 &&
      eventHubNetwork &&
      eventHubNetwork.publicAccess !== "open" &&
      `\`eventHubNetwork\` is only for namespaces that this stack creates. The firewall of ${listed(namespaces)} is not changed.`,
    lock &&
      names !== "" &&
      `\`lock\` is only for resources that this stack creates. These existing ones are not locked: ${names}.`,
  );
}

const nameOf = ({ resourceId }: { readonly resourceId: string }) => parseId(resourceId)?.name ?? resourceId;

interface Existing {
  readonly resourceId: string;
  readonly location: string;
  readonly publicAccess: string;
}

function placeWarnings(existing: Existing, location: string | undefined): string[] {
  const name = nameOf(existing);
  return sentences(
    location !== undefined &&
      existing.location !== location &&
      `${name} is in ${existing.location}, and this stack creates resources in ${location}. Defender writes to any region. Check where events may be stored, and what traffic between regions costs.`,
    existing.publicAccess === "SecuredByPerimeter" &&
      `${name} is behind a network security perimeter, whose rules are not read. They must allow Azure Monitor.`,
  );
}

function namespaceWarnings(namespace: ExistingNamespace, { location }: ExistingFacts): string[] {
  return [
    ...placeWarnings(namespace, location),
    ...sentences(
      namespace.publicAccess === "Disabled" &&
        `${nameOf(namespace)} allows only private endpoints and trusted Microsoft services. It is not documented whether Defender counts as one. Check that events arrive.`,
    ),
  ];
}

function retentionWarnings(
  { hubs }: ExistingNamespace,
  request: StreamingRequest,
  facts: ExistingFacts,
): string[] {
  const needed = new Set(request.tables.map((table) => hubFor(table, request).toLowerCase()));
  const shortened = hubs.filter(
    (hub) =>
      needed.has(hub.name.toLowerCase()) &&
      ownerOf(hub, request, facts) === "adopted" &&
      hub.retentionHours > request.retentionHours,
  );
  return shortened.map(
    ({ name, retentionHours }) =>
      `${name} is adopted and keeps events for ${retentionHours} hours. With \`retentionHours: ${request.retentionHours}\`, older events are deleted.`,
  );
}

function accountWarnings(account: ExistingAccount, { location }: ExistingFacts): string[] {
  const name = nameOf(account);
  const { firewall, publicAccess } = account;
  const advice = sentences(
    !account.deletesOld && "a lifecycle rule that deletes append blobs under `insights-logs-`",
    !account.softDelete && "soft delete of blobs and containers",
    account.versioning && "no versioning, because it keeps deleted blobs as versions",
    !account.httpsOnly && "HTTPS only",
    account.anonymousBlobs && "no anonymous access to blobs",
    !firewall.denies && publicAccess === "Enabled" && "the default action Deny with the bypass AzureServices",
  );
  return [
    ...placeWarnings(account, location),
    ...sentences(
      advice.length > 0 &&
        `This stack does not manage the account ${name}. The account should have: ${advice.join("; ")}. docs/existing.md has the commands.`,
      account.hierarchicalNamespace &&
        `The account ${name} has a hierarchical namespace. Microsoft's older pages say that Azure Monitor does not write to such accounts, newer ones say that it does. Test it first.`,
      !account.sharedKeyAccess &&
        `The account ${name} does not accept account keys, and it is unknown whether Defender needs one. Check that blobs arrive.`,
    ),
  ];
}
