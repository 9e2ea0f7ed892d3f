import { streamsTo } from "../defender/destinations.ts";
import { parseId } from "../cloud/resourceId.ts";
import { accountKind, idMistakes, namespaceKind, resourceGroupKind } from "./ids.ts";
import { existingNamespaces, type ExistingRequest } from "./existing.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import { ownSharedRoles } from "../people/principalRules.ts";
import { namespaceKey } from "../placement/placement.ts";
import type { Draft } from "../request.ts";
import { storageDefaults, type StorageOptions } from "../storage/account.ts";
import type { Rule } from "../rule.ts";

/** A rule for existing resources; without any it finds nothing. */
const ofExisting =
  (rule: (existing: ExistingRequest, request: Draft) => Mistake[]): Rule =>
  (request) =>
    request.existing ? rule(request.existing, request) : [];

const ids = ofExisting((existing) => [
  ...idMistakes("existing.resourceGroupId", existing.resourceGroupId, resourceGroupKind),
  ...existingNamespaces(existing).flatMap(([key, id]) =>
    idMistakes(`existing.namespaces.${key}`, id, namespaceKind).map((mistake) => ({
      ...mistake,
      fix: `${mistake.fix} For a namespace that this stack creates, write \`new\`.`,
    })),
  ),
  ...idMistakes("existing.accountId", existing.accountId, accountKind),
]);

const keys = ofExisting(({ namespaces = {} }) =>
  Object.entries(namespaces)
    .filter(([key]) => !namespaceKey.test(key))
    .map(([key, value]) => ({
      key: `existing.namespaces.${key}`,
      value,
      rule: "Namespaces of the plan have the keys ns1, ns2, …",
      fix: "Write `ns1`, or the key of another namespace.",
    })),
);

const some = ofExisting((existing) =>
  mistakes(
    existing.namespaces !== undefined &&
      existingNamespaces(existing).length === 0 && {
        key: "existing.namespaces",
        value: existing.namespaces,
        rule: "It needs at least one existing namespace.",
        fix: "Name one by its id, or remove the key, and the stack creates as many as it needs.",
      },
  ),
);

const once = ofExisting((existing) => {
  const seen = new Set<string>();
  return existingNamespaces(existing).flatMap(([key, id]) => {
    const again = seen.has(id.toLowerCase());
    seen.add(id.toLowerCase());
    const rule = "Each namespace can be named once. Case does not matter.";
    return mistakes(
      again && { key: `existing.namespaces.${key}`, value: id, rule, fix: "Remove one of the two." },
    );
  });
});

const streamedTo = ofExisting((existing, request) => {
  const needs = [
    { key: "namespaces", value: existing.namespaces, kind: "eventHub" as const },
    { key: "adoptHubs", value: existing.adoptHubs, kind: "eventHub" as const },
    { key: "accountId", value: existing.accountId, kind: "storage" as const },
  ];
  return needs
    .filter(({ value, kind }) => value !== undefined && !streamsTo(request, kind))
    .map(({ key, value, kind }) => ({
      key: `existing.${key}`,
      value,
      rule: `It is only for the destination \`${kind}\`, which is not among the destinations.`,
      fix: `Remove it, or add \`${kind}\` to \`destinations\`.`,
    }));
});

const adoptedWhere = ofExisting(({ adoptHubs = false, namespaces }) =>
  mistakes(
    adoptHubs !== false &&
      namespaces === undefined && {
        key: "existing.adoptHubs",
        value: adoptHubs,
        rule: "Only hubs of an existing namespace can be adopted.",
        fix: "Name it: `existing: {namespaces: {ns1: <id>}}`.",
      },
  ),
);

const oneNamespaceWithSingle = ofExisting(({ namespaces = {} }, { layout }) =>
  mistakes(
    layout === "single" &&
      Object.keys(namespaces).length > 1 && {
        key: "existing.namespaces",
        value: namespaces,
        rule: "Layout `single` has one hub, in one namespace.",
        fix: "Name one namespace, or write `layout: perTable`.",
      },
  ),
);

/** Other stacks may use an existing group too, as they use the subscription. */
const sharedGroupOwned = ofExisting(({ resourceGroupId }, { roles, roleScope, ownsSharedRoles }) =>
  mistakes(
    resourceGroupId !== undefined &&
      roles === "manage" &&
      roleScope === "resourceGroup" &&
      ownsSharedRoles === false && {
        key: "roleScope",
        value: roleScope,
        rule: "All stacks that use an existing resource group share its role assignments. The stack that creates them also deletes them when it is destroyed.",
        fix: ownSharedRoles,
      },
  ),
);

const groupCoversAll = ofExisting((existing, { roleScope }) => {
  if (roleScope !== "resourceGroup") return [];
  const group = existing.resourceGroupId?.toLowerCase();
  const named = [...existingNamespaces(existing).map(([, id]) => id), existing.accountId];
  const outside = named.filter(
    (id) => id !== undefined && !id.toLowerCase().startsWith(`${group ?? ""}/providers/`),
  );
  const [first] = outside;
  if (first === undefined || parseId(first) === undefined) return [];
  return [
    {
      key: "roleScope",
      value: roleScope,
      rule: `Roles on the stack's resource group do not apply to resources in other groups: ${outside.join(", ")}.`,
      fix: "Write `roleScope: destination`.",
    },
  ];
});

/** Compared as text: options are plain data. */
const differs = (storage: StorageOptions, key: keyof typeof storageDefaults) =>
  JSON.stringify(storage[key]) !== JSON.stringify(storageDefaults[key]);

const accountNotManaged = ofExisting(({ accountId }, { storage }) => {
  if (accountId === undefined || storage === undefined) return [];
  const options = Object.keys(storageDefaults) as (keyof typeof storageDefaults)[];
  return options
    .filter((key) => differs(storage, key))
    .map((key) => ({
      key: `storage.${key}`,
      value: storage[key],
      rule: "The stack does not change an existing account, so only `containers` can be set for it.",
      fix: "Remove it. docs/existing.md says how to set up the account.",
    }));
});

export const existingRules: readonly Rule[] = [
  ids,
  keys,
  some,
  once,
  streamedTo,
  adoptedWhere,
  oneNamespaceWithSingle,
  sharedGroupOwned,
  groupCoversAll,
  accountNotManaged,
];
