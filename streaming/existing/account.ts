import { readsFrom } from "../defender/destinations.ts";
import type { Mistake } from "../wording/mistakes.ts";
import type { StreamingRequest } from "../request.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingAccount, ExistingFacts } from "./facts.ts";
import { armTypes, isIdOf, parseId } from "../cloud/resourceId.ts";
import { accountKind } from "./ids.ts";
import { lookedUp } from "./lookedUp.ts";

/** What keeps the request's account from being used as it is. */
export function accountMistakes(request: StreamingRequest, facts: ExistingFacts): Mistake[] {
  const id = request.existing?.accountId;
  if (id === undefined) return [];
  const at = { key: "existing.accountId", value: id };
  const account = asFound(facts.account);
  const missing = lookedUp(at.key, id, accountKind, facts.account, facts);
  if (missing.length > 0 || account === undefined) return missing;
  return checks.flatMap((check) => check(account, request, facts)).map((mistake) => ({ ...at, ...mistake }));
}

type Check = (
  account: ExistingAccount,
  request: StreamingRequest,
  facts: ExistingFacts,
) => Pick<Mistake, "rule" | "fix">[];

const update = ({ resourceId }: ExistingAccount, options: string) => {
  const { resourceGroupName = "", name = "" } = parseId(resourceId) ?? {};
  return `az storage account update --resource-group ${resourceGroupName} --name ${name} ${options}`;
};

const another = "name another account, or remove `existing: {accountId}` and let this stack make one.";

const notOurs: Check = ({ resourceId }, _request, { own }) =>
  own.some((id) => id.toLowerCase() === resourceId.toLowerCase())
    ? [
        {
          rule: "This stack made the account itself, so it manages and deletes it.",
          fix: "Remove the key, or name an account of somebody else's.",
        },
      ]
    : [];

const notMoved: Check = ({ resourceId }, _request, { own }) => {
  const made = own.find((id) => isIdOf(armTypes.storageAccount, id));
  if (made === undefined || made.toLowerCase() === resourceId.toLowerCase()) return [];
  return [
    {
      rule: `This stack made an account itself, ${made}: with another one it would be deleted with its blobs.`,
      fix: "Keep it, or stream to the other account in a stack of its own.",
    },
  ];
};

/** Azure Monitor's documents on diagnostic settings exclude both kinds (diagnostic-settings.md, MicrosoftDocs/azure-monitor-docs). */
const kinds: Check = ({ kind, sku, partitionedDns }) => [
  ...(sku.startsWith("Premium")
    ? [
        {
          rule: `Defender does not write to premium accounts, and this one is ${sku}. That is for the account's life.`,
          fix: `Make one of the kind StorageV2 with standard performance: ${another}`,
        },
      ]
    : kind === "StorageV2"
      ? []
      : [
          {
            rule: `Defender appends to blobs of an account of the kind StorageV2, and this one is of the kind ${kind}.`,
            fix: `Upgrade it (az storage account update --set kind=StorageV2 --access-tier Hot), ${another}`,
          },
        ]),
  ...(partitionedDns
    ? [
        {
          rule: "Defender does not write to accounts with partitioned DNS names (`AzureDnsZone`), and this one has such. That is for the account's life.",
          fix: `Make one with standard names: ${another}`,
        },
      ]
    : []),
];

const trustedServices: Check = (account) => {
  const { firewall, publicAccess } = account;
  const isOpen = publicAccess === "Enabled" && !firewall.denies;
  if (isOpen || firewall.trustedServices || publicAccess === "SecuredByPerimeter") return [];
  return [
    {
      rule: "Defender writes as a trusted Microsoft service, and the account's firewall denies those too.",
      fix: `Let them in there: ${update(account, "--bypass AzureServices")}`,
    },
  ];
};

const tls: Check = (account) =>
  ["TLS1_0", "TLS1_1"].includes(account.minimumTlsVersion)
    ? [
        {
          rule: `Storage refuses TLS below 1.2, and the account still asks for ${account.minimumTlsVersion}.`,
          fix: `Raise it: ${update(account, "--min-tls-version TLS1_2")}`,
        },
      ]
    : [];

const consumersComeIn: Check = ({ firewall, publicAccess }, { consumers, privateEndpoints }) => {
  if (privateEndpoints || publicAccess === "SecuredByPerimeter") return [];
  const isRead = consumers.some((consumer) => readsFrom(consumer, "storage"));
  const isClosed = firewall.denies || publicAccess === "Disabled";
  if (!isRead || !isClosed || firewall.waysIn > 0) return [];
  return [
    {
      rule: "Its firewall denies everybody but trusted Microsoft services, so a role alone lets no consumer in.",
      fix: "Let consumers in there, by their addresses or subnets (az storage account network-rule add), a private endpoint, or a resource-instance rule. One that reads the hubs only gets `reads: [eventHub]`.",
    },
  ];
};

const checks: readonly Check[] = [notOurs, notMoved, kinds, trustedServices, tls, consumersComeIn];
