/** A number that Azure Monitor counts for a type of resource. */
export interface MetricDefinition {
  readonly unit: "Count" | "Bytes";
  /** What it can be split by. */
  readonly dimensions: readonly string[];
}

const perHub = ["EntityName"];
const perHubAndResult = ["EntityName", "OperationResult"];
const count = (dimensions: readonly string[]): MetricDefinition => ({ unit: "Count", dimensions });
const bytes = (dimensions: readonly string[]): MetricDefinition => ({ unit: "Bytes", dimensions });

const storage: Readonly<Record<string, MetricDefinition>> = {
  Transactions: count(["ResponseType", "GeoType", "ApiName", "Authentication", "TransactionType"]),
  Ingress: bytes(["GeoType", "ApiName", "Authentication"]),
  Egress: bytes(["GeoType", "ApiName", "Authentication"]),
};

/** By lower-case type (supported-metrics, MicrosoftDocs/azure-reference-other); those that are summed up. */
export const metricDefinitions: Readonly<Record<string, Readonly<Record<string, MetricDefinition>>>> = {
  "microsoft.eventhub/namespaces": {
    IncomingRequests: count(perHub),
    IncomingMessages: count(perHub),
    IncomingBytes: bytes(perHub),
    OutgoingMessages: count(perHub),
    OutgoingBytes: bytes(perHub),
    SuccessfulRequests: count(perHubAndResult),
    ServerErrors: count(perHubAndResult),
    UserErrors: count(perHubAndResult),
    ThrottledRequests: count(perHubAndResult),
    QuotaExceededErrors: count(perHubAndResult),
  },
  "microsoft.storage/storageaccounts": storage,
  "microsoft.storage/storageaccounts/blobservices": storage,
};
