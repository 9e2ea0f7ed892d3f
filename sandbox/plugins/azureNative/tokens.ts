import type { Action, ResourceType } from "./resourceType.ts";
import { actions, resourceTypes } from "./resourceTypes.ts";

/** A function of the provider: the getter of a resource type, or an action. */
export type Invocable = { readonly getterOf: ResourceType } | { readonly action: Action };

/**
 * The resource type of a token such as `azure-native:eventhub:Namespace`. A version in it, as in
 * `azure-native:eventhub/v20220101preview:Namespace`, is the api-version of its requests.
 *
 * @throws Error that names the token, when no row of the table is for it
 */
export function resourceTypeOf(token: string): ResourceType {
  const { name, apiVersion } = parse(token);
  const type = resourceTypes[name];
  if (!type) {
    throw new Error(
      `Resource type ${token} not found: the sandbox's azure-native has no row for it in sandbox/plugins/azureNative/resourceTypes.ts`,
    );
  }
  return apiVersion ? { ...type, apiVersion } : type;
}

/**
 * The function of a token such as `azure-native:eventhub:getNamespace`.
 *
 * @throws Error that names the token, when there is none
 */
export function functionOf(token: string): Invocable {
  const { name, apiVersion } = parse(token);
  const action = actions[name];
  if (action) return { action: apiVersion ? { ...action, apiVersion } : action };
  const type = resourceTypes[name.replace(":get", ":")];
  if (!type) {
    throw new Error(
      `Invoke type ${token} not found: the sandbox's azure-native has no row for it in sandbox/plugins/azureNative/resourceTypes.ts`,
    );
  }
  return { getterOf: apiVersion ? { ...type, apiVersion } : type };
}

function parse(token: string): { name: string; apiVersion?: string } {
  const [, module, version, member] = /^azure-native:([^:/]+)(?:\/v(\w+))?:(\w+)$/.exec(token) ?? [];
  if (!module || !member) return { name: token };
  const name = `${module}:${member}`;
  const [, year, month, day, suffix] = /^(\d{4})(\d\d)(\d\d)(\w*)$/.exec(version ?? "") ?? [];
  return year && month && day
    ? { name, apiVersion: [year, month, day, ...(suffix ? [suffix] : [])].join("-") }
    : { name };
}
