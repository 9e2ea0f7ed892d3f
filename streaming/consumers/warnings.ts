import { consumerKinds } from "./kinds.ts";
import { provisionOf } from "./provision.ts";
import { readsFrom, streamsTo } from "../defender/destinations.ts";
import type { StreamingRequest } from "../request.ts";
import { listed, sentences } from "../wording/words.ts";

/** What a person should know about consumers that break no rule. */
export function consumerWarnings(request: StreamingRequest): string[] {
  const { consumers, consumerGroups, cloud = "public" } = request;
  if (!streamsTo(request, "eventHub")) return [];
  const readers = consumers
    .filter((consumer) => readsFrom(consumer, "eventHub"))
    .map((consumer) => ({ ...consumer, provision: provisionOf(consumer, consumerGroups) }));
  const open = readers.filter(({ provision }) => provision.checkpoint && !provision.checkpoint.closed);
  const elsewhere = readers.filter(
    ({ kind, provision }) =>
      cloud !== "public" &&
      kind !== undefined &&
      consumerKinds[kind].publicStore &&
      provision.checkpoint &&
      provision.auth === "entra",
  );
  const revealed = readers.filter(({ revealKey }) => revealKey);
  return [
    ...sentences(
      open.length > 0 &&
        `The checkpoint store of ${namesOf(open)} is open to all networks, for anyone with a key or a role. To close it, use \`allowedIps\`, \`checkpointStore: {virtualNetworkRules: […]}\` or \`{privateEndpoint: true}\`.`,
    ),
    ...elsewhere.map(
      ({ name, kind }) =>
        `${name} has the kind ${kind} and signs in with Entra ID. Such a client looks for its checkpoint store in the public cloud, but this stack is in ${cloud}. With \`auth: sas\` it finds the store.`,
    ),
    ...sentences(
      revealed.length > 0 &&
        `\`revealKey\` stores connection strings of ${namesOf(revealed)} in the state, encrypted, as the output \`consumerKeys\`. The commands in \`consumerConfiguration\` show them without storing them.`,
    ),
  ];
}

const namesOf = (consumers: readonly { readonly name: string }[]) =>
  listed(consumers.map(({ name }) => name));
