import { apiVersions } from "../../../azure/apiVersions.ts";
import { normalizeLocation } from "../../../streaming/cloud/regions.ts";
import { count } from "../../../streaming/wording/words.ts";
import type { Check, Subject } from "../check.ts";
import { contentsOf } from "../contents.ts";
import type { Finding } from "../finding.ts";
import { registrationOf, subscriptionScope } from "../subscription.ts";

/** Namespaces in a subscription (event-hubs-quotas.md, MicrosoftDocs/azure-docs). */
const namespacesPerSubscription = 1000;

/** Room for what the stack creates. What it has created before is counted twice. */
export const quotas: Check = {
  name: "quotas",
  asks: "Whether there is room for the namespaces and accounts",
  async findings(subject) {
    const contents = contentsOf(subject);
    const needed = (asked: string) => contents.filter(({ type }) => type === asked).length;
    const [namespaces, accounts] = ["Microsoft.EventHub/namespaces", "Microsoft.Storage/storageAccounts"].map(
      needed,
    );
    return [
      ...(namespaces ? [await roomForNamespaces(subject, namespaces)] : []),
      ...(accounts ? [await roomForAccounts(subject, accounts)] : []),
    ];
  },
};

async function roomForNamespaces(subject: Subject, needed: number): Promise<Finding> {
  const { azure, account } = subject;
  if (!(await isRegistered(subject, "Microsoft.EventHub")))
    return unused("Microsoft.EventHub", "namespace", needed);
  const there = await azure.list(
    `${subscriptionScope(account)}/providers/Microsoft.EventHub/namespaces`,
    apiVersions.eventHub,
  );
  return room("namespace", there.length, namespacesPerSubscription, needed, "the subscription");
}

interface Usage {
  name: { value: string };
  currentValue: number;
  limit: number;
}

async function roomForAccounts(subject: Subject, needed: number): Promise<Finding> {
  const { azure, account, settings } = subject;
  if (!(await isRegistered(subject, "Microsoft.Storage")))
    return unused("Microsoft.Storage", "storage account", needed);
  const location = normalizeLocation(settings.location);
  const where = `${subscriptionScope(account)}/providers/Microsoft.Storage/locations/${location}/usages`;
  const usages = await azure.list<Usage>(where, apiVersions.storage);
  const usage = usages.find(({ name }) => name.value === "StorageAccounts");
  if (!usage)
    return {
      status: "unknown",
      what: `Azure does not report how many storage accounts ${location} may have.`,
    };
  return room("storage account", usage.currentValue, usage.limit, needed, location);
}

/** A subscription has nothing of a provider that is not registered. */
async function isRegistered({ azure, account }: Subject, namespace: string): Promise<boolean> {
  return (await registrationOf(azure, account, namespace)).registrationState === "Registered";
}

const unused = (provider: string, thing: string, needed: number): Finding => ({
  status: "ok",
  what: `${provider} is not registered yet, so nothing of its quota is used: room for ${count(needed, thing)}.`,
});

function room(thing: string, there: number, limit: number, needed: number, where: string): Finding {
  const free = limit - there;
  const said = `${count(needed, thing)} of at most ${count(free, "free place")} in ${where} (${there} of ${limit} are taken).`;
  if (needed <= free) return { status: "ok", what: said };
  return {
    status: "problem",
    what: `There is no room for ${said}`,
    fix: "Delete what is not used, ask Azure support for a higher quota, or choose another subscription or region.",
  };
}
