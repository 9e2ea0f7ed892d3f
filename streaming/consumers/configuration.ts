import { v5 } from "uuid";
import { checkpointContainerOf } from "./checkpoints.ts";
import { clouds, type Cloud } from "../cloud/clouds.ts";
import { consumerKinds, type KindName } from "./kinds.ts";
import { shortHubName } from "../defender/tables.ts";
import { listenRuleOf, type Provision } from "./provision.ts";
import type { Target, TargetHub } from "./kinds/kind.ts";
import { armTypes, nameIn, parseIdOf } from "../cloud/resourceId.ts";
import type { SharedAccessRule } from "../outputs.ts";

/** A namespace that a consumer reads, after the deployment. */
export interface ReadNamespace {
  readonly resourceId: string;
  readonly fullyQualifiedNamespace: string;
  readonly hubs: readonly { readonly name: string; readonly tables: readonly string[] }[];
}

/** Where a consumer's hubs and checkpoints are. */
export interface Surroundings {
  readonly tenantId: string;
  readonly cloud: Cloud;
  readonly namespaces: readonly ReadNamespace[];
  readonly checkpointStore: { readonly resourceId: string; readonly blobEndpoint: string } | undefined;
}

/** The configuration files of a client of this kind. Secrets are placeholders. */
export function configurationOf(
  kind: KindName,
  provision: Provision,
  around: Surroundings,
): Readonly<Record<string, string>> {
  const { checkpointStore: store } = around;
  const target: Target = {
    consumerGroup: provision.consumerGroup,
    auth: provision.auth,
    listens: provision.listens,
    tenantId: around.tenantId,
    cloud: clouds[around.cloud],
    hubs: around.namespaces.flatMap((namespace) => hubsOf(namespace, provision)),
    checkpointStore: store && {
      account: nameIn(store.resourceId),
      blobEndpoint: store.blobEndpoint,
    },
  };
  return consumerKinds[kind].configuration(target);
}

function hubsOf(namespace: ReadNamespace, provision: Provision): TargetHub[] {
  return namespace.hubs.map(({ name, tables }) => ({
    name,
    tables,
    resourceId: `${namespace.resourceId}/eventhubs/${name}`,
    fullyQualifiedNamespace: namespace.fullyQualifiedNamespace,
    rule: provision.listens ? listenRuleOf(provision) : "",
    container: checkpointContainerOf(provision, name) ?? "",
  }));
}

/** The rules of a consumer on a namespace. */
export function sharedAccessRulesOf(
  provision: Provision,
  { resourceId, hubs }: ReadNamespace,
): SharedAccessRule[] {
  const rule = listenRuleOf(provision);
  const { resourceGroupName: group, name: namespaceName } = parseIdOf(armTypes.namespace, resourceId);
  const show = (of: string, hub: string) =>
    `az eventhubs ${of} authorization-rule keys list --resource-group ${group} --namespace-name ${namespaceName}${hub} --name ${rule} --query primaryConnectionString --output tsv`;
  switch (provision.listens) {
    case undefined:
      return [];
    case "namespace":
      return [
        { ruleId: `${resourceId}/authorizationRules/${rule}`, hub: "", command: show("namespace", "") },
      ];
    case "hub":
      return hubs.map(({ name }) => ({
        ruleId: `${resourceId}/eventhubs/${name}/authorizationRules/${rule}`,
        hub: name,
        command: show("eventhub", ` --eventhub-name ${name}`),
      }));
  }
}

/** A rule with the secret that its connection string is delivered to, if a vault is named. */
export function deliveredTo(vaultId: string | undefined, rule: SharedAccessRule): SharedAccessRule {
  return vaultId === undefined
    ? rule
    : { ...rule, secretId: `${vaultId}/secrets/${secretNameOf(rule.ruleId)}` };
}

/** Names of secrets in a vault (resource-name-rules.md, MicrosoftDocs/azure-docs). */
const longestSecretName = 127;

/** The secret that holds the connection string of a rule: `defender-ns1ab12-deviceinfo-listen-siem`. */
export function secretNameOf(ruleId: string): string {
  const [, path = ""] = /\/namespaces\/(.+)$/i.exec(ruleId) ?? [];
  const name = shortHubName(path)
    .replaceAll(/\/(eventhubs|authorizationRules)\//gi, "-")
    .replaceAll(/[^A-Za-z0-9-]/g, "-");
  return name.length <= longestSecretName
    ? name
    : `${name.slice(0, longestSecretName - 9)}-${v5(ruleId.toLowerCase(), v5.URL).slice(0, 8)}`;
}

/** Shows the connection string of a checkpoint store to anyone who may list keys. */
export function storeKeyCommand(resourceId: string): string {
  const { resourceGroupName, name: accountName } = parseIdOf(armTypes.storageAccount, resourceId);
  return `az storage account show-connection-string --resource-group ${resourceGroupName} --name ${accountName} --query connectionString --output tsv`;
}
