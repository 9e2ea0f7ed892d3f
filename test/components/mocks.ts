import * as pulumi from "@pulumi/pulumi";

const subscription = "00000000-0000-0000-0000-000000000001";
export const tenant = "00000000-0000-0000-0000-000000000002";

/** A resource as the program asked for it. */
export interface Asked {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  protect: boolean;
  retainOnDelete: boolean;
  replaceOnChanges: string[];
  ignoreChanges: string[];
  deleteBeforeReplace: boolean;
  replacementTrigger: unknown;
  parent: string;
  aliases: unknown[];
}

/** Runs a piece of a program on mocks and returns every resource that it asked for, components included. `onCall` may answer or fail a call. */
export async function resourcesOf<T>(
  program: () => T | Promise<T>,
  onCall: (token: string) => object | undefined = () => undefined,
): Promise<{ result: T; asked: Asked[]; called: string[] }> {
  const called: string[] = [];
  const inputs = new Map<string, Record<string, unknown>>();
  const registered: { type: string; name: string; options: pulumi.CustomResourceOptions }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (resource) => {
        const given = resource.inputs as Record<string, string>;
        inputs.set(`${resource.type} ${resource.name}`, given);
        const state = { ...given, ...stateOf(resource.type, resource.name, given) };
        return { id: idOf(resource.type, resource.name, given), state };
      },
      call: ({ token, inputs }) => {
        called.push(token);
        return onCall(token) ?? answerTo(token, inputs as Record<string, string>);
      },
    },
    "defender-streaming",
    "test",
    false,
    "organization",
  );
  let result: T | undefined;
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
      registered.push({ type, name, options: opts });
      return undefined;
    });
    result = await program();
  });
  await pulumi.runtime.disconnect();
  const asked = registered.map(({ type, name, options }) => ({
    type,
    name,
    inputs: inputs.get(`${type} ${name}`) ?? {},
    protect: options.protect ?? false,
    retainOnDelete: options.retainOnDelete ?? false,
    replaceOnChanges: options.replaceOnChanges ?? [],
    ignoreChanges: options.ignoreChanges ?? [],
    deleteBeforeReplace: options.deleteBeforeReplace ?? false,
    replacementTrigger: options.replacementTrigger as unknown,
    parent: nameOf(options.parent),
    aliases: options.aliases ?? [],
  }));
  return { result: result as T, asked, called };
}

/** Those of an azure-native type. */
export const named = (asked: Asked[], type: string) =>
  asked.filter((one) => one.type === `azure-native:${type}`);

function answerTo(token: string, inputs: Record<string, string>): Record<string, string> {
  // As in a preview with a provider that is not configured yet: nobody knows who it is.
  if (token === "azure-native:authorization:getClientConfig") {
    return { subscriptionId: subscription, tenantId: tenant };
  }
  if (token.endsWith(":getClientConfig")) return { tenantId: tenant, objectId: "deployer" };
  if (!/:list(EventHub|Namespace)Keys$/.test(token)) return {};
  return { primaryConnectionString: `Endpoint=sb://${inputs["namespaceName"] ?? ""}/;SharedAccessKey=k` };
}

const nameOf = (resource: pulumi.Resource | undefined) =>
  (resource as { __name?: string } | undefined)?.__name ?? "";

export const resolved = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply((value) => {
      resolve(value);
    });
  });

function stateOf(type: string, name: string, inputs: Record<string, string>): object {
  switch (type) {
    case "azure-native:resources:ResourceGroup":
      return { name };
    case "azure-native:eventhub:Namespace":
      return { name, serviceBusEndpoint: `https://${name}.servicebus.windows.net:443/` };
    case "azure-native:eventhub:EventHub":
      return { name: inputs["eventHubName"] };
    case "azure-native:eventhub:EventHubAuthorizationRule":
    case "azure-native:eventhub:NamespaceAuthorizationRule":
      return { name: inputs["authorizationRuleName"] };
    case "azure-native:managedidentity:UserAssignedIdentity":
      return { name, principalId: `principal-of-${name}` };
    case "azuread:index/application:Application":
    case "azuread:index/servicePrincipal:ServicePrincipal":
      return { clientId: `client of ${name}`, objectId: `object of ${name}` };
    case "azuread:index/applicationPassword:ApplicationPassword":
      return { value: `value of ${name}` };
    case "azure-native:storage:StorageAccount":
      return { name, primaryEndpoints: { blob: `https://${name}.blob.core.windows.net/` } };
    default:
      return {};
  }
}

function idOf(type: string, name: string, inputs: Record<string, string>): string {
  const group = `/subscriptions/${subscription}/resourceGroups/${inputs["resourceGroupName"] ?? name}`;
  if (type.endsWith(":UserAssignedIdentity")) return `id-of-${name}`;
  if (type.endsWith(":StorageAccount")) return `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
  if (type.endsWith(":BlobContainer"))
    return `${group}/providers/Microsoft.Storage/storageAccounts/${inputs["accountName"] ?? ""}/blobServices/default/containers/${inputs["containerName"] ?? ""}`;
  return type.endsWith(":Namespace") ? `${group}/providers/Microsoft.EventHub/namespaces/${name}` : group;
}
