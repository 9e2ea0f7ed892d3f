/** A built-in policy of Azure that changes what a deployment has asked for. */
export interface RewritingPolicy {
  readonly displayName: string;
  /** What it does to a resource: "sets …". */
  readonly does: string;
  /** What that means for the stream, in a sentence. */
  readonly means: string;
  /** Whether Defender then most likely cannot write. */
  readonly stopsDefender: boolean;
  /** What helps beside an exemption: a sentence. */
  readonly fix?: string;
  /** The only type that it is for, where what it sets does not tell. */
  readonly type?: string;
}

/** Adds or changes a tag (`built-in-policies/policyDefinitions/Tags`). */
function setsTag(displayName: string, type?: string): RewritingPolicy {
  return {
    displayName,
    does: "sets a tag",
    means: "Each deployment takes the tag off again, unless `tags` has it with the same value.",
    stopsDefender: false,
    fix: "Add the tag to `tags` in the settings.",
    type,
  };
}

const resourceGroups = "Microsoft.Resources/subscriptions/resourceGroups";

/**
 * The built-in policies with the effects Modify and Append that set other values than a stack does, by their definition's name
 * (`built-in-policies/policyDefinitions`, Azure/azure-policy f4a50ba, complete for the types that a stack creates).
 */
export const rewritingPolicies: Readonly<Record<string, RewritingPolicy>> = {
  "57f35901-8389-40bb-ac49-3ba4f86d889d": {
    displayName: "Configure Azure Event Hub namespaces to disable local authentication",
    does: "sets disableLocalAuth of namespaces to true",
    means: "Defender most likely writes with a shared access key, and then no event arrives.",
    stopsDefender: true,
  },
  "a06d0189-92e8-4dba-b0c4-08d7669fce7d": {
    displayName: "Configure storage accounts to disable public network access",
    does: "sets publicNetworkAccess of storage accounts to Disabled",
    means: "Trusted Microsoft services no longer pass the firewall, and Defender most likely cannot write.",
    stopsDefender: true,
  },
  "41a72361-06e3-4e80-832a-690bd0708bc1": {
    displayName:
      "Configure Storage Accounts to restrict network access through network ACL bypass configuration only.",
    does: "removes all addresses and subnets from the firewall of storage accounts, and sets who bypasses it",
    means:
      "Consumers reach the account through a private endpoint only, and Defender only while `bypassConfiguration` of the assignment includes AzureServices.",
    stopsDefender: false,
    fix: "Set `bypassConfiguration` to AzureServices, and use `privateEndpoints` for consumers.",
  },
  "978deb5d-c9a7-41f8-b4b2-b76880d0de1f": {
    displayName: "Modify - Configure your Storage account to enable blob versioning",
    does: "turns on versioning of blobs",
    means: "What the lifecycle rule deletes is then kept as a previous version, and is paid for.",
    stopsDefender: false,
  },
  "5ffd78d9-436d-4b41-a421-5baa819e3008": setsTag("Add or replace a tag on resources"),
  "4f9dc7db-30c1-420c-b61a-e1d640128d26": setsTag("Add a tag to resources"),
  "2a0e14a6-b0a6-4fab-991a-187a4f81c498": setsTag("Append a tag and its value to resources"),
  "b27a0cbd-a167-4dfa-ae64-4337be671140": setsTag("Inherit a tag from the subscription"),
  "40df99da-1232-49b1-a39a-6da8d878f469": setsTag("Inherit a tag from the subscription if missing"),
  "cd3aa116-8754-49c9-a813-ad46512ece54": setsTag("Inherit a tag from the resource group"),
  "ea3f2387-9b95-492a-a190-fcdc54f7b070": setsTag("Inherit a tag from the resource group if missing"),
  "9ea02ca2-71db-412d-8b00-7c7ca9fcd32d": setsTag("Append a tag and its value from the resource group"),
  "d157c373-a6c4-483d-aaad-570756956268": setsTag("Add or replace a tag on resource groups", resourceGroups),
  "726aca4c-86e9-4b04-b0c5-073027359532": setsTag("Add a tag to resource groups", resourceGroups),
  "49c88fc8-6fd1-46fd-a676-f12d1d3a4c71": setsTag(
    "Append a tag and its value to resource groups",
    resourceGroups,
  ),
};

/** Those that set what a stack sets anyway, or that are for subscriptions only. */
export const harmlessPolicies: readonly string[] = [
  // Configure your Storage account public access to be disallowed
  "13502221-8df0-4414-9937-de9c5c4e396b",
  // Configure secure transfer of data on a storage account
  "f81e3117-0093-4b17-8a60-82363134f0eb",
  // Storage Account should restrict Cross Tenant Replication
  "405abc16-652e-41d1-91cc-4b44389e03a1",
  // Add or replace a tag on subscriptions
  "61a4d60b-7326-440e-8051-9f94394d4dd1",
  // Add a tag to subscriptions
  "96d9a89c-0d67-41fc-899d-2b9599f76a24",
];
