import type { Cloud } from "../streaming/clouds.ts";
import { canBeAsked, type HostNames, type NameStanding } from "../streaming/hostNameChecks.ts";
import { type Host, type HostType, hostKinds } from "../streaming/hosts.ts";
import { type AzureConnection, connect } from "./connection.ts";

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
        ? await nameStanding(host.type, host.naming.name, subscriptionId, cloud)
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
  const connection = await connect(cloud);
  const { nameAvailable, reason, message, error } = await availability(
    connection,
    `/subscriptions/${subscriptionId}/providers/${armType.split("/")[0] ?? ""}/checkNameAvailability`,
    // Event Hubs takes no type.
    type === "azure-native:storage:StorageAccount" ? { name, type: armType } : { name },
  );
  if (nameAvailable === true) return { is: "free" };
  if (reason === "AlreadyExists" || reason === "NameInUse") {
    return { is: "taken", by: await holder(connection, armType, name, subscriptionId) };
  }
  if (nameAvailable === false) return { is: "refused", why: message ?? reason ?? "it gives no reason." };
  return { is: "unknown", why: error?.message ?? "it gave no answer." };
}

async function availability(
  { endpoint, scope, credential }: AzureConnection,
  path: string,
  body: { name: string; type?: string },
): Promise<Availability> {
  const { getClient } = await import("@azure-rest/core-client");
  const client = getClient(endpoint, credential, { credentials: { scopes: [scope] }, apiVersion });
  const answer = await client.pathUnchecked(path).post({ body, timeout });
  return answer.body as Availability;
}

/** The ARM id of what has the name; undefined: nothing that the signed-in principal may see. */
async function holder(
  { endpoint, scope, credential }: AzureConnection,
  armType: string,
  name: string,
  subscriptionId: string,
): Promise<string | undefined> {
  const { ResourceManagementClient } = await import("@azure/arm-resources");
  const client = new ResourceManagementClient(credential, subscriptionId, {
    endpoint,
    credentials: { scopes: [scope] },
  });
  const filter = `resourceType eq '${armType}' and name eq '${name}'`;
  try {
    for await (const { id } of client.resources.list({ filter })) return id;
    return undefined;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 403) return undefined;
    throw error;
  }
}
