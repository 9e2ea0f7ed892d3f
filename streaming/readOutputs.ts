import type {
  ConsumerConfiguration,
  ConsumerConnection,
  DeployedAccount,
  DeployedApplication,
  DeployedNamespace,
  ExportSetting,
  Outputs,
  Portal,
  RequiredRoleAssignment,
} from "./outputs.ts";
import type { Place } from "./placement/placement.ts";
import { accountKey } from "./storage/account.ts";

/** The outputs of a stack without its secrets. What the stack does not have is empty. */
export interface DeployedOutputs extends Omit<Outputs, "portal" | "consumerKeys" | "clientSecrets"> {
  readonly portal: Portal | undefined;
}

/**
 * Reads the outputs of a stack, whichever version of this project deployed it. What a failed deployment left unknown, and what
 * another program wrote under the same names, is left out.
 *
 * @param outputs all of them, by name
 * @param output the one that holds the others, in a program that uses the library
 */
export function readOutputs(outputs: unknown, output?: string): DeployedOutputs {
  const all = record(outputs);
  const given = output === undefined ? all : record(all[output]);
  const exportSettings = entries<Keyless<ExportSetting>>(given["exportSettings"], {
    name: "string",
    resourceId: "string",
    eventTypes: "list",
  }).map((setting): ExportSetting => ({ key: /[^-]*$/.exec(setting.name)?.[0] ?? "", ...setting }));
  const placement = Object.fromEntries(
    Object.entries(record(given["placement"])).filter((one): one is [string, Place] =>
      has(one[1], { namespace: "string", exportSetting: "string" }),
    ),
  );
  /** Older versions wrote no key: a table's place has it, and the table's export setting has the namespace's id. */
  const namespaceKey = (resourceId: string): string => {
    const tables = exportSettings.find((setting) => setting.resourceId === resourceId)?.eventTypes ?? [];
    return tables.flatMap((table) => placement[table]?.namespace ?? [])[0] ?? "";
  };
  return {
    exportSettings,
    placement,
    portal: has<Portal>(given["portal"], { url: "string", fields: "object" }) ? given["portal"] : undefined,
    namespaces: entries<Keyless<DeployedNamespace>>(given["namespaces"], {
      name: "string",
      resourceId: "string",
      hubs: "list",
    }).map((namespace): DeployedNamespace => ({ key: namespaceKey(namespace.resourceId), ...namespace })),
    accounts: entries<Keyless<DeployedAccount>>(given["accounts"], {
      name: "string",
      resourceId: "string",
      containers: "list",
    }).map((account): DeployedAccount => ({ key: accountKey, ...account })),
    consumers: entries<ConsumerConnection>(given["consumers"], { name: "string", hubs: "object" }),
    consumerConfiguration: entries<ConsumerConfiguration>(given["consumerConfiguration"], {
      name: "string",
      sharedAccessRules: "list",
      files: "object",
    }),
    applications: entries<DeployedApplication>(given["applications"], { name: "string", clientId: "string" }),
    requiredRoleAssignments: entries<RequiredRoleAssignment>(given["requiredRoleAssignments"], {
      scope: "string",
      roleDefinitionId: "string",
      principalId: "string",
    }),
    warnings: list(given["warnings"]).filter((one) => typeof one === "string"),
  };
}

/** The output that holds what a component deployed, where there is none under the expected name. */
export function exportedAs(outputs: unknown, output: string, component: string): string | undefined {
  const all = record(outputs);
  const start = `${component}-`;
  const isOurs = (value: unknown) =>
    entries<Pick<ExportSetting, "name">>(record(value)["exportSettings"], { name: "string" }).some(
      ({ name }) => name.startsWith(start) && /^(export|storage)\d+$/.test(name.slice(start.length)),
    );
  return output in all ? undefined : Object.keys(all).find((name) => isOurs(all[name]));
}

type Keyless<Entry extends { readonly key: string }> = Omit<Entry, "key"> & { readonly key?: string };

/** What tells an entry of this project from anything else: fields that every version has written. */
type Fields<Entry> = {
  readonly [Field in keyof Entry]?: "string" | "object" | "list";
};

function has<Entry>(value: unknown, fields: Fields<Entry>): value is Entry {
  const given = record(value);
  return Object.entries(fields).every(([field, form]) => {
    const part = given[field];
    return form === "list" ? Array.isArray(part) : part !== null && typeof part === form;
  });
}

function entries<Entry>(value: unknown, fields: Fields<Entry>): Entry[] {
  return list(value).filter((one) => has(one, fields));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
