import type { StreamingRequest } from "../request.ts";
import { accountKey } from "../storage/account.ts";
import { listed } from "../wording/words.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingAccount, ExistingFacts, ExistingNamespace } from "./facts.ts";
import { hubFor, standing } from "./hubs.ts";
import { parseId } from "../cloud/resourceId.ts";
import { readerWarnings } from "./readerWarnings.ts";
import { existingNamespaces } from "./existing.ts";

/** What a person should know about what is there already and can be used. */
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

/** Settings that say nothing about what is there already. */
function leftAlone({ existing, eventHubNetwork, lock }: StreamingRequest): string[] {
  const namespaces = existingNamespaces(existing).map(([key]) => key);
  const names = listed([...namespaces, ...(existing?.accountId === undefined ? [] : [accountKey])]);
  return [
    ...(namespaces.length > 0 && eventHubNetwork && eventHubNetwork.publicAccess !== "open"
      ? [
          `\`eventHubNetwork\` is for namespaces that this stack makes. The firewall of ${listed(namespaces)} stays as its owner set it.`,
        ]
      : []),
    ...(lock === true && names !== ""
      ? [`\`lock\` is for what this stack makes. What was there before is not locked: ${names}.`]
      : []),
  ];
}

const nameOf = ({ resourceId }: { readonly resourceId: string }) => parseId(resourceId)?.name ?? resourceId;

function elsewhere(
  thing: { readonly resourceId: string; readonly location: string },
  location: string | undefined,
) {
  return location === undefined || thing.location === location
    ? []
    : [
        `${nameOf(thing)} is in ${thing.location}, and what this stack makes is in ${location}. Defender writes to any region; mind where events may be kept, and what consumers pay for traffic between regions.`,
      ];
}

function perimeter(thing: { readonly resourceId: string; readonly publicAccess: string }): string[] {
  return thing.publicAccess === "SecuredByPerimeter"
    ? [
        `${nameOf(thing)} is behind a network security perimeter, whose rules are not read here: it has to let Azure Monitor in.`,
      ]
    : [];
}

function namespaceWarnings(namespace: ExistingNamespace, { location }: ExistingFacts): string[] {
  return [
    ...elsewhere(namespace, location),
    ...perimeter(namespace),
    ...(namespace.publicAccess === "Disabled"
      ? [
          `${nameOf(namespace)} lets in private endpoints and trusted Microsoft services only. Whether Defender counts as one there is not documented: look for events before you rely on it.`,
        ]
      : []),
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
      standing(hub, request, facts) === "adopted" &&
      hub.retentionHours > request.retentionHours,
  );
  return shortened.map(
    ({ name, retentionHours }) =>
      `${name} is adopted and keeps events for ${retentionHours} hours: with \`retentionHours: ${request.retentionHours}\` older ones are deleted.`,
  );
}

function accountWarnings(account: ExistingAccount, { location }: ExistingFacts): string[] {
  const name = nameOf(account);
  const { firewall } = account;
  const wishes = [
    account.deletesOld ? undefined : "a lifecycle rule that deletes append blobs under `insights-logs-`",
    account.softDelete ? undefined : "soft delete of blobs and containers",
    account.versioning ? "versioning off: with it, deleted blobs stay as versions" : undefined,
    account.httpsOnly ? undefined : "HTTPS only",
    account.anonymousBlobs ? "no anonymous access to blobs" : undefined,
    firewall.denies || account.publicAccess !== "Enabled"
      ? undefined
      : "the default action Deny with bypass AzureServices",
  ].filter((wish) => wish !== undefined);
  return [
    ...elsewhere(account, location),
    ...perimeter(account),
    ...(wishes.length > 0
      ? [
          `The account ${name} is not managed here. It should have: ${wishes.join("; ")}. docs/existing.md has the commands.`,
        ]
      : []),
    ...(account.hierarchicalNamespace
      ? [
          `The account ${name} has a hierarchical namespace: Microsoft's older pages say that Azure Monitor does not write to such accounts, the newer ones that it does. Try it before you rely on it.`,
        ]
      : []),
    ...(account.sharedKeyAccess
      ? []
      : [
          `The account ${name} takes no account keys, and it is not known whether Defender writes with one. Look for blobs before you rely on it.`,
        ]),
  ];
}
