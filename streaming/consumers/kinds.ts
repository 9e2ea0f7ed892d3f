import { dataExplorer } from "./kinds/dataExplorer.ts";
import { elastic } from "./kinds/elastic.ts";
import { kafka } from "./kinds/kafka.ts";
import type { ConsumerKind } from "./kinds/kind.ts";
import { logstash } from "./kinds/logstash.ts";
import { qradar } from "./kinds/qradar.ts";
import { sdk } from "./kinds/sdk.ts";
import { splunk } from "./kinds/splunk.ts";

export const kindNames = ["dataExplorer", "splunk", "elastic", "logstash", "kafka", "qradar", "sdk"] as const;
export type KindName = (typeof kindNames)[number];

/** The clients that this project knows. A new one is a file, its name above and its line here. */
export const consumerKinds: Readonly<Record<KindName, ConsumerKind>> = {
  dataExplorer,
  splunk,
  elastic,
  logstash,
  kafka,
  qradar,
  sdk,
};
