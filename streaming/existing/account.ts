import { readsFrom } from "../defender/destinations.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import type { StreamingRequest } from "../request.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingAccount, ExistingFacts } from "./facts.ts";
import { armTypes, isIdOf, parseId } from "../cloud/resourceId.ts";
import { accountKind } from "./ids.ts";
import { lookedUp } from "./lookedUp.ts";

/** Why the request's account cannot be used. */
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

const another = "name another account, or remove `existing: {accountId}`, and this stack creates one.";

const notOurs: Check = ({ resourceId }, _request, { own }) =>
  mistakes(
    own.some((id) => id.toLowerCase() === resourceId.toLowerCase()) && {
      rule: "This stack created the account, so it manages and deletes it.",
      fix: "Remove the key, or name an account that this stack did not create.",
    },
  );

const notMoved: Check = ({ resourceId }, _request, { own }) => {
  const created = own.find((id) => isIdOf(armTypes.storageAccount, id));
  if (created === undefined || created.toLowerCase() === resourceId.toLowerCase()) return [];
  return [
    {
      rule: `This stack created an account, ${created}. If you name another one, it is deleted with its blobs.`,
      fix: "Remove the key, or stream to the other account in a separate stack.",
    },
  ];
};

/** Azure Monitor's documents on diagnostic settings exclude both kinds (diagnostic-settings.md, MicrosoftDocs/azure-monitor-docs). */
const kinds: Check = ({ kind, sku, partitionedDns }) =>
  mistakes(
    sku.startsWith("Premium")
      ? {
          rule: `Defender does not write to premium accounts, and this one is ${sku}. An account's performance cannot be changed later.`,
          fix: `It needs the kind StorageV2 and standard performance: ${another}`,
        }
      : kind !== "StorageV2" && {
          rule: `Defender needs append blobs in an account of the kind StorageV2, and this one has the kind ${kind}.`,
          fix: `Upgrade it (\`az storage account update --set kind=StorageV2 --access-tier Hot\`), ${another}`,
        },
    partitionedDns && {
      rule: "Defender does not write to accounts with partitioned DNS names (`AzureDnsZone`), and this one has them. They cannot be changed later.",
      fix: `It needs standard DNS names: ${another}`,
    },
  );

const trustedServices: Check = (account) => {
  const { firewall, publicAccess } = account;
  const isOpen = publicAccess === "Enabled" && !firewall.denies;
  if (isOpen || firewall.trustedServices || publicAccess === "SecuredByPerimeter") return [];
  return [
    {
      rule: "Defender writes as a trusted Microsoft service, and the account's firewall blocks those too.",
      fix: `Allow them there: ${update(account, "--bypass AzureServices")}`,
    },
  ];
};

const tls: Check = (account) =>
  mistakes(
    ["TLS1_0", "TLS1_1"].includes(account.minimumTlsVersion) && {
      rule: `Azure Storage refuses TLS below 1.2, and the account still allows ${account.minimumTlsVersion}.`,
      fix: `Raise it: ${update(account, "--min-tls-version TLS1_2")}`,
    },
  );

const consumersComeIn: Check = ({ firewall, publicAccess }, { consumers, privateEndpoints }) => {
  if (privateEndpoints || publicAccess === "SecuredByPerimeter") return [];
  const isRead = consumers.some((consumer) => readsFrom(consumer, "storage"));
  const isClosed = firewall.denies || publicAccess === "Disabled";
  if (!isRead || !isClosed || firewall.waysIn > 0) return [];
  return [
    {
      rule: "Its firewall blocks everyone except trusted Microsoft services. A role alone gives no access.",
      fix: "Allow the consumers there: by address or subnet (`az storage account network-rule add`), by a private endpoint, or by a resource-instance rule. Write `reads: [eventHub]` for a consumer that only reads the hubs.",
    },
  ];
};

const checks: readonly Check[] = [notOurs, notMoved, kinds, trustedServices, tls, consumersComeIn];
