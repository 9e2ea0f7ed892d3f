/**
 * What Azure does now and then, and never here unless a test asks for it (`POST /sandbox/conditions`): each lasts as many seconds as the
 * test says.
 */
const conditions = [
  /**
   * Changes beside each other fail or get lost where Azure does not always keep them apart, and each takes so long: rules of a hub or
   * namespace (terraform-provider-azurerm #4893, #6983), private endpoints of a subnet (#16182), changes of a storage account (#29351).
   */
  "overlaps",
  /** A new shared access rule answers 404 (terraform-provider-azurerm #6983, `eventhub_authorization_rule_resource.go`). */
  "rulesShowLate",
  /** A new lock answers 404 (terraform-provider-azurerm #23345). */
  "locksShowLate",
  /** A deleted lock still holds (terraform-provider-azurerm #5025, #10013, microsoft/TeamCloud #146). */
  "locksLinger",
  /** The deletion of a hub or a consumer group answers 500, goes on, and is a conflict until it has ended (azurerm #10572, #14535). */
  "deletionsHang",
  /** A deleted hub keeps its name occupied (Azure/azure-service-bus #298). */
  "hubNamesStay",
  /** A namespace whose creation has succeeded refuses what belongs into it (mspnp/serverless-reference-implementation #30, azurerm #10839). */
  "namespacesStartLate",
  /** A deleted namespace keeps its name. */
  "namespaceNamesStay",
  /** What Graph has just created answers 404 (hashicorp/terraform-provider-azuread, `internal/helpers/consistency`). */
  "directoryLags",
] as const;

export type Condition = (typeof conditions)[number];

/** In milliseconds. */
export type Conditions = Partial<Record<Condition, number>>;

/** Conditions as `POST /sandbox/conditions` describes them, in seconds. @throws Error that says what is wrong with them */
export function readConditions(body: Readonly<Record<string, unknown>>): Conditions {
  const wrong = Object.entries(body).find(
    ([name, seconds]) => !(conditions as readonly string[]).includes(name) || typeof seconds !== "number",
  );
  if (wrong) throw new Error(`Conditions are ${conditions.join(", ")}, each with its seconds.`);
  return Object.fromEntries(Object.entries(body).map(([name, seconds]) => [name, Number(seconds) * 1000]));
}
