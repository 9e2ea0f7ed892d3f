import type { EventHubConsumerClient } from "@azure/event-hubs";
import { Kafka, logLevel } from "kafkajs";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { consumerKinds, kindNames, type KindName } from "../../../streaming/consumers/kinds.ts";
import type { Auth } from "../../../streaming/consumers/kinds/kind.ts";
import { exampleFiles } from "../../../tools/generate/configurations.ts";
import { kustoErrors } from "./kustoParser.ts";

const hubs = ["insights-logs-advancedhunting-deviceinfo", "insights-logs-advancedhunting-alertinfo"] as const;
const host = "defender-ns15e6f7a8b.servicebus.windows.net";
const ways = kindNames.flatMap((kind) =>
  consumerKinds[kind].auth.map((auth): [KindName, Auth] => [kind, auth]),
);
const fileOf = (kind: KindName, auth: Auth, name: string) => exampleFiles(kind, auth)[name] ?? "";

/** Modules are found from here. */
const root = join(import.meta.dirname, "../../..");
const cache = join(root, "node_modules", ".cache");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "configurations-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(ways)("the configuration for %s with %s", (kind, auth) => {
  const text = Object.values(exampleFiles(kind, auth)).join("\n");

  it("names every hub, the group, and what to fill in", () => {
    for (const hub of hubs) expect(text).toContain(hub);
    expect(text).toContain("siem");
    const keepsSecretsElsewhere =
      (kind === "splunk" || kind === "dataExplorer" || kind === "sdk") && auth === "entra";
    expect(text.includes("<SECRET: ")).toBe(!keepsSecretsElsewhere);
  });

  it("has no key in it", () => {
    expect(text).not.toMatch(/SharedAccessKey=|AccountKey=/);
  });

  it("opens a hub with the consumer's rule if it signs in with a key, and has no rule otherwise", () => {
    expect(text.includes("listen-siem")).toBe(auth === "sas");
  });
});

describe("the TypeScript program", () => {
  /** In place of what the program's user puts in. */
  const filled = (program: string) =>
    program
      .replaceAll(
        /<SECRET: connection string of the storage[^>]*>/g,
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net",
      )
      .replaceAll(
        /<SECRET: connection string of listen-siem on ([^>]*)>/g,
        `Endpoint=sb://${host}/;SharedAccessKeyName=listen-siem;SharedAccessKey=a2V5;EntityPath=$1`,
      );

  it.each(["entra", "sas"] as const)(
    "compiles and creates its clients with %s",
    async (auth) => {
      const source = join(folder, `${auth}.ts`);
      writeFileSync(source, filled(fileOf("sdk", auth, "consumer.ts")));
      const program = ts.createProgram([source], {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleDetection: ts.ModuleDetectionKind.Force,
        strict: true,
        noUnusedLocals: true,
        skipLibCheck: true,
        types: ["node"],
        rootDir: folder,
        outDir: join(folder, "out"),
      });
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
      const found = ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
      expect(found).toEqual([]);
      program.emit();

      const made = (await import(pathToFileURL(join(folder, "out", `${auth}.js`)).href)) as {
        clients: EventHubConsumerClient[];
      };
      expect(made.clients.map((client) => client.eventHubName)).toEqual(hubs);
      for (const client of made.clients) expect(client.fullyQualifiedNamespace).toBe(host);
      await Promise.all(made.clients.map((client) => client.close()));
      // The compiler reads the types of the SDKs, which takes seconds.
    },
    60_000,
  );
});

describe("Kafka's properties", () => {
  const read = (text: string) =>
    new Map(
      text
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line): [string, string] => [
          line.slice(0, line.indexOf("=")),
          line.slice(line.indexOf("=") + 1),
        ]),
    );
  /** The options of a login module: `name="value"`. */
  const login = (properties: Map<string, string>) =>
    Object.fromEntries(
      [...(properties.get("sasl.jaas.config") ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        value,
      ]),
    ) as Record<string, string>;

  it("start a client with a token for the namespace", () => {
    const properties = read(fileOf("kafka", "entra", "defender-ns15e6f7a8b.properties"));
    expect(login(properties)["scope"]).toBe(`https://${host}/.default`);
    expect(properties.get("sasl.oauthbearer.token.endpoint.url")).toMatch(
      /^https:\/\/login\.microsoftonline\.com\/[0-9-]+\/oauth2\/v2\.0\/token$/,
    );
    const client = new Kafka({
      brokers: [properties.get("bootstrap.servers") ?? ""],
      ssl: true,
      logLevel: logLevel.NOTHING,
      sasl: { mechanism: "oauthbearer", oauthBearerProvider: () => Promise.resolve({ value: "token" }) },
    });
    expect(() => client.consumer({ groupId: properties.get("group.id") ?? "" })).not.toThrow();
    expect(properties.get("bootstrap.servers")).toBe(`${host}:9093`);
  });

  it("say what Java must allow before Kafka 4 asks for a token", () => {
    const text = fileOf("kafka", "entra", "defender-ns15e6f7a8b.properties");
    const allowed = /^# .*-Dorg\.apache\.kafka\.sasl\.oauthbearer\.allowed\.urls=(\S+)$/m.exec(text)?.[1];
    expect(allowed).toBe(read(text).get("sasl.oauthbearer.token.endpoint.url"));
    expect(fileOf("kafka", "sas", "deviceinfo.properties")).not.toContain("allowed.urls");
  });

  it("start a client with the connection string of each hub as its password", () => {
    for (const name of ["deviceinfo.properties", "alertinfo.properties"]) {
      const properties = read(fileOf("kafka", "sas", name));
      const { username = "", password = "" } = login(properties);
      expect(username).toBe("$ConnectionString");
      expect(properties.get("sasl.mechanism")).toBe("PLAIN");
      const client = new Kafka({
        brokers: [properties.get("bootstrap.servers") ?? ""],
        ssl: true,
        logLevel: logLevel.NOTHING,
        sasl: { mechanism: "plain", username, password },
      });
      expect(() => client.consumer({ groupId: properties.get("group.id") ?? "" })).not.toThrow();
    }
  });
});

describe("Filebeat's inputs", () => {
  interface Input {
    type: string;
    eventhub: string;
    auth_type: string;
    storage_account_container: string;
  }
  const inputs = (auth: Auth) =>
    (parse(fileOf("elastic", auth, "filebeat.yml")) as { "filebeat.inputs": Input[] })["filebeat.inputs"];

  it("are one for each hub, with the options for how they sign in", () => {
    const keys = (auth: Auth) => Object.keys(inputs(auth)[0] ?? {});
    const always = ["type", "eventhub", "consumer_group", "processor_version", "auth_type"];
    const store = ["storage_account", "storage_account_container"];
    const app = ["eventhub_namespace", "tenant_id", "client_id", "client_secret", "authority_host"];
    expect(inputs("entra").map(({ eventhub }) => eventhub)).toEqual(hubs);
    expect(keys("entra")).toEqual([...always, ...app, ...store]);
    expect(keys("sas")).toEqual([
      ...always,
      "connection_string",
      "storage_account_connection_string",
      ...store,
    ]);
  });
});

it("what people enter by hand for QRadar and Fabric is YAML, a list with an entry for each hub", () => {
  const files = [
    fileOf("qradar", "sas", "log-sources.yaml"),
    fileOf("qradar", "entra", "log-sources.yaml"),
    fileOf("dataExplorer", "sas", "fabric-connections.yaml"),
  ];
  for (const file of files) expect(parse(file)).toHaveLength(hubs.length);
});

it("the add-on's stanzas have the keys of its specification", () => {
  const specified =
    /^(account|event_hub_namespace|event_hub_name|consumer_group|blob_checkpoint_enabled|storage_account|container_name|max_wait_time|max_batch_size|event_format_flags|use_amqp_over_websocket|sourcetype|index) = \S/;
  const lines = fileOf("splunk", "entra", "inputs.conf").split("\n").filter(Boolean);
  const stanzas = lines.filter((line) => line.startsWith("["));
  expect(stanzas).toEqual([
    "[mscs_azure_event_hub://defender_deviceinfo]",
    "[mscs_azure_event_hub://defender_alertinfo]",
  ]);
  for (const line of lines.filter((one) => !stanzas.includes(one))) expect(line).toMatch(specified);
});

it("the add-on's checkpoint store has the name of the account in the add-on, which holds its key", () => {
  const stanza = exampleFiles("splunk", "entra", { checkpointStore: true })["inputs.conf"];
  expect(stanza).toMatch(
    /^storage_account = <YOURS: name in the add-on of the storage account defender9c0d1e2f>$/m,
  );
});

it("Logstash's pipeline has an entry for each hub, closed brackets, and a container for each hub's group", () => {
  const pipeline = fileOf("logstash", "sas", "logstash.conf");
  const bare = pipeline.replaceAll(/"[^"]*"/g, "");
  for (const [open, close] of ["{}", "[]"]) {
    expect(bare.split(open ?? "")).toHaveLength(bare.split(close ?? "").length);
  }
  const containers = [...pipeline.matchAll(/storage_container => "([^"]+)"/g)].map(([, name]) => name);
  expect(containers).toEqual(["checkpoints-siem-deviceinfo", "checkpoints-siem-alertinfo"]);
});

/** What clients know, by their documents and sources. */
const known = {
  /** lib/logstash/inputs/azure_event_hubs.rb, logstash-plugins/logstash-input-azure_event_hubs 1.5; `codec` is every input's, `field` the split filter's. */
  logstash:
    "config_mode event_hubs event_hub_connection storage_connection storage_container threads consumer_group codec field",
  /** src/kusto/azext_kusto/manual/_params.py, Azure/azure-cli-extensions. */
  dataExplorer:
    "resource-group cluster-name database-name data-connection-name location event-hub-resource-id consumer-group table-name mapping-rule-name data-format event-system-properties compression managed-identity-resource-id",
};

it.each([
  ["logstash", "sas", /(\w+) => /g],
  ["dataExplorer", "entra", /--([a-z-]+) /g],
] as const)("every option for %s exists", (kind, auth, option) => {
  const text = Object.values(exampleFiles(kind, auth)).join("\n");
  const named = new Set([...text.matchAll(option)].map(([, name = ""]) => name));
  expect(named.size).toBeGreaterThan(8);
  expect(known[kind].split(" ")).toEqual(expect.arrayContaining([...named]));
});

it.each(["sas", "entra"] as const)("the fields for QRadar with %s are those of its protocol", (auth) => {
  const [source = {}] = parse(fileOf("qradar", auth, "log-sources.yaml")) as Record<string, string>[];
  const always = [
    "Protocol Configuration",
    "Log Source Identifier",
    "Consumer Group",
    "Authentication Method",
  ];
  // Microsoft Azure Event Hubs protocol configuration options, IBM QRadar DSM guide.
  const byMethod = {
    sas: ["Event Hub Connection String", "Storage Account Connection String"],
    entra: [
      ...["Tenant ID", "Client ID", "Client Secret", "Namespace", "Event Hub Name"],
      "Storage Account Name",
    ],
  };
  expect(Object.keys(source)).toEqual([...always, ...byMethod[auth]]);
});

// Its code alone takes seconds to load.
it("Kusto's own parser accepts the tables for Azure Data Explorer", () => {
  const made = fileOf("dataExplorer", "entra", "tables.kql");
  expect(kustoErrors(made)).toEqual([]);
  // A column that the table does not have: the parser knows what the commands make.
  expect(kustoErrors(made.replace("record = records", "record = events"))).not.toEqual([]);
}, 60_000);

it("the connections of Azure Data Explorer use tables and a mapping that are created before", () => {
  const made = fileOf("dataExplorer", "entra", "tables.kql");
  const script = fileOf("dataExplorer", "entra", "data-connections.sh");
  const leads = [...script.matchAll(/--table-name "(\w+)" --mapping-rule-name "(\w+)"/g)];
  expect(leads.map(([, table]) => table)).toEqual(["DeviceInfoRaw", "AlertInfoRaw"]);
  for (const [, table = "", mapping = ""] of leads) {
    expect(made).toContain(`.create-merge table ${table} (records: dynamic)`);
    expect(made).toContain(`.create-or-alter table ${table} ingestion json mapping "${mapping}" `);
  }
  const policies = [...made.matchAll(/policy update @'(.+)'$/gm)].map(
    ([, json = ""]) => JSON.parse(json) as object,
  );
  expect(policies).toMatchObject([
    [{ Source: "DeviceInfoRaw", Query: "DeviceInfoRecords()" }],
    [{ Source: "AlertInfoRaw", Query: "AlertInfoRecords()" }],
  ]);
});

it.skipIf(process.platform === "win32")("a shell can run the commands for Azure Data Explorer", () => {
  const script = fileOf("dataExplorer", "entra", "data-connections.sh");
  expect(() => execFileSync("sh", ["-n"], { input: script })).not.toThrow();
  expect(script.match(/--event-hub-resource-id "\/subscriptions\/[^"]+\/eventhubs\/[^"]+"/g)).toHaveLength(2);
});
