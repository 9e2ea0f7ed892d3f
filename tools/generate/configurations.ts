import { extname } from "node:path";
import { configurationOf, type Surroundings } from "../../streaming/consumers/configuration.ts";
import { type KindName, consumerKinds, kindNames } from "../../streaming/consumers/kinds.ts";
import type { Auth } from "../../streaming/consumers/kinds/kind.ts";
import { type Provision, provisionOf } from "../../streaming/consumers/provision.ts";
import { hubNameOf } from "../../streaming/defender/tables.ts";
import type { Consumer } from "../../streaming/people/principals.ts";

const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/defender1a2b3c4d/providers";

/** A stack with two tables, as the configurations in docs/consumers.md show it. */
const example: Omit<Surroundings, "checkpointStore"> = {
  tenantId: "11111111-1111-1111-1111-111111111111",
  cloud: "public",
  namespaces: [
    {
      resourceId: `${group}/Microsoft.EventHub/namespaces/defender-ns15e6f7a8b`,
      fullyQualifiedNamespace: "defender-ns15e6f7a8b.servicebus.windows.net",
      hubs: ["DeviceInfo", "AlertInfo"].map((table) => ({ name: hubNameOf(table), tables: [table] })),
    },
  ],
};
const store = {
  resourceId: `${group}/Microsoft.Storage/storageAccounts/defender9c0d1e2f`,
  blobEndpoint: "https://defender9c0d1e2f.blob.core.windows.net/",
};

/** The configuration of each kind of consumer, for each way in which it signs in, with the values of an example. */
export function renderConfigurations(): string {
  const sections = kindNames.map((kind) => {
    const { title, auth } = consumerKinds[kind];
    return [`### ${title}: \`kind: ${kind}\``, ...auth.map((way) => configuration(kind, way))].join("\n\n");
  });
  return sections.join("\n\n");
}

function configuration(kind: KindName, auth: Auth): string {
  const provision = exampleProvision(kind, auth);
  const files = Object.entries(exampleFiles(kind, auth)).map(
    ([name, text]) => `\`${name}\`:\n\n\`\`\`${languages[extname(name)] ?? ""}\n${text.trimEnd()}\n\`\`\``,
  );
  const isDefault = consumerKinds[kind].auth[0] === auth ? " (the default)" : "";
  const where = provision.groupOnHubs ? "a consumer group on each hub" : "a `group.id` and no group in Azure";
  const positions = provision.checkpoint
    ? `, a checkpoint store opened with ${provision.checkpoint.sharedKey ? "its key" : "a role"}`
    : "";
  const key = provision.listens ? "a rule with Listen on each hub, " : "";
  return [`\`auth: ${auth}\`${isDefault}: ${key}${where}${positions}.`, ...files].join("\n\n");
}

const languages: Readonly<Record<string, string>> = {
  ".yml": "yaml",
  ".yaml": "yaml",
  ".conf": "",
  ".properties": "properties",
  ".sh": "sh",
  ".kql": "kusto",
  ".ts": "ts",
};

/** What an example's consumer of this kind gets; what it wants beside that. */
export function exampleProvision(
  kind: KindName,
  auth: Auth,
  wants: Pick<Consumer, "checkpointStore"> = {},
): Provision {
  const consumer = { name: "siem", kind, auth, objectId: "", principalType: "ServicePrincipal" } as const;
  return provisionOf({ ...consumer, ...wants }, []);
}

/** The files for a consumer of this kind in the example. */
export function exampleFiles(
  ...consumer: Parameters<typeof exampleProvision>
): Readonly<Record<string, string>> {
  const [kind] = consumer;
  const provision = exampleProvision(...consumer);
  const checkpointStore = provision.checkpoint ? store : undefined;
  return configurationOf(kind, provision, { ...example, checkpointStore });
}
