import { canBeAsked, type HostNames, type NameAvailability } from "../../streaming/naming/hostNameChecks.ts";
import { type Host, type HostType, hostKinds } from "../../streaming/naming/hostNames.ts";
import { apiVersions } from "../apiVersions.ts";
import type { Arm } from "../arm.ts";

/** Milliseconds: a preview waits no longer for an answer. */
const timeout = 20_000;

/** What both providers answer (rest/api/storagerp/storage-accounts/check-name-availability, and Event Hubs' likewise). */
interface Availability {
  readonly nameAvailable?: boolean;
  /** Storage: `AccountNameInvalid`, `AlreadyExists`; Event Hubs: `InvalidName`, `NameInUse`, and reasons that lie in the subscription. */
  readonly reason?: string;
  readonly message?: string | null;
}

/** Asks for the names that are known before the deployment. @param subscription called only when there are some */
export async function askedOf(
  hosts: readonly Host[],
  arm: Pick<Arm, "list" | "post">,
  subscription: () => Promise<string>,
): Promise<HostNames["hosts"]> {
  const subscriptionId = hosts.some(canBeAsked) ? await subscription() : "";
  return Promise.all(
    hosts.map(async (host) => ({
      ...host,
      availability: canBeAsked(host)
        ? await nameAvailability(host.type, host.naming.name, subscriptionId, arm).catch(noAnswer)
        : undefined,
    })),
  );
}

/** Asks Azure whether a name is free, and if it is not, what in the subscription has it. */
async function nameAvailability(
  type: HostType,
  name: string,
  subscriptionId: string,
  arm: Pick<Arm, "list" | "post">,
): Promise<NameAvailability> {
  const { armType } = hostKinds[type];
  const subscription = `/subscriptions/${subscriptionId}`;
  const isAccount = type === "azure-native:storage:StorageAccount";
  const { nameAvailable, reason, message } = await arm.post<Availability>(
    `${subscription}/providers/${armType.split("/")[0] ?? ""}/checkNameAvailability`,
    isAccount ? apiVersions.storage : apiVersions.eventHub,
    // Event Hubs takes no type.
    isAccount ? { name, type: armType } : { name },
    { timeout },
  );
  if (nameAvailable === true) return { is: "free" };
  if (reason === "AlreadyExists" || reason === "NameInUse") {
    return holder(subscription, armType, name, arm);
  }
  if (nameAvailable === false) return { is: "refused", why: message ?? reason ?? "it gives no reason." };
  return { is: "unknown", why: "it gave no answer." };
}

function noAnswer({ name, message }: Error): NameAvailability {
  const late = `it gave no answer within ${String(timeout / 1000)} seconds.`;
  return { is: "unknown", why: name === "AbortError" ? late : message };
}

/** What has the name. If the subscription lists nothing, it may be the stack's own, from a deployment that failed. */
async function holder(
  subscription: string,
  armType: string,
  name: string,
  arm: Pick<Arm, "list" | "post">,
): Promise<NameAvailability> {
  const queryParameters = { $filter: `resourceType eq '${armType}' and name eq '${name}'` };
  const more = { queryParameters, timeout };
  try {
    const [held] = await arm.list<{ id: string }>(`${subscription}/resources`, apiVersions.resources, more);
    return { is: "taken", by: held?.id };
  } catch (error) {
    return { is: "unknown", why: `it is taken, but the owner is unknown: ${(error as Error).message}` };
  }
}
