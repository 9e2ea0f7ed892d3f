import { consumerKinds } from "./kinds.ts";
import { provisionOf } from "./provision.ts";
import { readsFrom, streamsTo } from "../defender/destinations.ts";
import type { StreamingRequest } from "../request.ts";
import { listed } from "../wording/words.ts";

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
    ...(open.length > 0
      ? [
          `The checkpoint store of ${listed(open.map(({ name }) => name))} is open to all networks, for those with a key or a role. Close it with \`allowedIps\`, or with \`checkpointStore: {virtualNetworkRules: […]}\` or \`{privateEndpoint: true}\`.`,
        ]
      : []),
    ...elsewhere.map(
      ({ name, kind }) =>
        `${name} is a client of kind ${kind} that signs in with Entra ID: then it looks for its checkpoint store in the public cloud, and this stack is in ${cloud}. With \`auth: sas\` it finds it.`,
    ),
    ...(revealed.length > 0
      ? [
          `\`revealKey\` puts connection strings of ${listed(revealed.map(({ name }) => name))} into the state, encrypted, as the output \`consumerKeys\`. The commands in \`consumerConfiguration\` show them without.`,
        ]
      : []),
  ];
}
