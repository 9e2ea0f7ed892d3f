import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { canBeAsked, type HostNames, type NameStanding } from "../../streaming/naming/hostNameChecks.ts";
import { type Host, type HostType, hostKinds } from "../../streaming/naming/hostNames.ts";
import { armRequests } from "../armRequests.ts";
import { resourceManager } from "../resourceManager.ts";

const apiVersion = "2024-01-01";

/** Milliseconds: a preview waits no longer for an answer. */
const timeout = 20_000;

/** What both providers answer (rest/api/storagerp/storage-accounts/check-name-availability, and Event Hubs' likewise). */
interface Availability {
  readonly nameAvailable?: boolean;
  /** Storage: `AccountNameInvalid`, `AlreadyExists`; Event Hubs: `InvalidName`, `NameInUse`, and reasons that lie in the subscription. */
  readonly reason?: string;
  readonly message?: string | null;
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** Asks for those names that are known beforehand. @param subscription found out only when there are some */
export async function askedOf(
  hosts: readonly Host[],
  cloud: Cloud | undefined,
  subscription: () => Promise<string>,
): Promise<HostNames["hosts"]> {
  const subscriptionId = hosts.some(canBeAsked) ? await subscription() : "";
  return Promise.all(
    hosts.map(async (host) => ({
      ...host,
      standing: canBeAsked(host)
        ? await nameStanding(host.type, host.naming.name, subscriptionId, cloud).catch(noAnswer)
        : undefined,
    })),
  );
}

/** Asks Azure whether a name can be had, and who has it when it is somebody in the subscription. */
async function nameStanding(
  type: HostType,
  name: string,
  subscriptionId: string,
  cloud: Cloud | undefined,
): Promise<NameStanding> {
  const { armType } = hostKinds[type];
  const subscription = `/subscriptions/${subscriptionId}`;
  const { nameAvailable, reason, message, error } = await availability(
    `${subscription}/providers/${armType.split("/")[0] ?? ""}/checkNameAvailability`,
    // Event Hubs takes no type.
    type === "azure-native:storage:StorageAccount" ? { name, type: armType } : { name },
    cloud,
  );
  if (nameAvailable === true) return { is: "free" };
  if (reason === "AlreadyExists" || reason === "NameInUse") {
    return holder(subscription, armType, name, cloud);
  }
  if (nameAvailable === false) return { is: "refused", why: message ?? reason ?? "it gives no reason." };
  return { is: "unknown", why: error?.message ?? "it gave no answer." };
}

function noAnswer({ name, message }: Error): NameStanding {
  const late = `it gave no answer within ${String(timeout / 1000)} seconds.`;
  return { is: "unknown", why: name === "AbortError" ? late : message };
}

async function availability(
  path: string,
  body: { name: string; type?: string },
  cloud: Cloud | undefined,
): Promise<Availability> {
  const client = await armRequests(apiVersion, cloud);
  const answer = await client.pathUnchecked(path).post({ body, timeout });
  return answer.body as Availability;
}

/** By what a name is taken. Without a list of the subscription it may be the stack's own, of a deployment that failed. */
async function holder(
  subscription: string,
  armType: string,
  name: string,
  cloud: Cloud | undefined,
): Promise<NameStanding> {
  const { resources } = await resourceManager(subscription, cloud);
  const filter = `resourceType eq '${armType}' and name eq '${name}'`;
  try {
    for await (const { id } of resources.list({ filter, requestOptions: { timeout } })) {
      return { is: "taken", by: id };
    }
  } catch (error) {
    return { is: "unknown", why: `it is taken, and by what cannot be listed: ${(error as Error).message}` };
  }
  return { is: "taken" };
}
