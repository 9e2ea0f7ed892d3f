import { streamsTo } from "../defender/destinations.ts";
import { parseId } from "../cloud/resourceId.ts";
import { accountKind, idMistakes, namespaceKind, resourceGroupKind } from "./ids.ts";
import { existingNamespaces, type ExistingRequest } from "./existing.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { namespaceKey } from "../placement/placement.ts";
import type { Draft } from "../request.ts";
import { storageDefaults, type StorageOptions } from "../storage/account.ts";
import type { Rule } from "../rule.ts";

/** A rule on what exists, silent when nothing is named. */
const ofExisting =
  (rule: (existing: ExistingRequest, request: Draft) => Mistake[]): Rule =>
  (request) =>
    request.existing ? rule(request.existing, request) : [];

const ids = ofExisting((existing) => [
  ...idMistakes("existing.resourceGroupId", existing.resourceGroupId, resourceGroupKind),
  ...existingNamespaces(existing).flatMap(([key, id]) =>
    idMistakes(`existing.namespaces.${key}`, id, namespaceKind).map((mistake) => ({
      ...mistake,
      fix: `${mistake.fix} For a namespace that this stack makes, write \`new\`.`,
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
      rule: "Namespaces of the plan are called ns1, ns2, …",
      fix: "Write `ns1` in its place, or the key of another one.",
    })),
);

const some = ofExisting((existing) =>
  existing.namespaces !== undefined && existingNamespaces(existing).length === 0
    ? [
        {
          key: "existing.namespaces",
          value: existing.namespaces,
          rule: "It names at least one namespace that is there already.",
          fix: "Name one by its id, or remove it: then as many are made as it takes.",
        },
      ]
    : [],
);

const once = ofExisting((existing) => {
  const seen = new Set<string>();
  return existingNamespaces(existing).flatMap(([key, id]) => {
    const again = seen.has(id.toLowerCase());
    seen.add(id.toLowerCase());
    const rule = "Each namespace is there once; letter case is ignored.";
    return again
      ? [{ key: `existing.namespaces.${key}`, value: id, rule, fix: "Remove one of the two." }]
      : [];
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
      rule: `It is for the destination \`${kind}\`, which is not among the destinations.`,
      fix: `Remove it, or add \`${kind}\` to \`destinations\`.`,
    }));
});

const adoptedWhere = ofExisting(({ adoptHubs = false, namespaces }) =>
  adoptHubs !== false && namespaces === undefined
    ? [
        {
          key: "existing.adoptHubs",
          value: adoptHubs,
          rule: "Only hubs of a namespace that is there already can be adopted.",
          fix: "Name it: `existing: {namespaces: {ns1: <id>}}`.",
        },
      ]
    : [],
);

const oneNamespaceWithSingle = ofExisting(({ namespaces = {} }, { layout }) =>
  layout === "single" && Object.keys(namespaces).length > 1
    ? [
        {
          key: "existing.namespaces",
          value: namespaces,
          rule: "Layout `single` has one hub, which is in one namespace.",
          fix: "Name one namespace, or write `layout: perTable`.",
        },
      ]
    : [],
);

/** A group that is there is shared with whoever else uses it, like a subscription. */
const sharedGroupOwned = ofExisting(({ resourceGroupId }, { roles, roleScope, ownsSharedRoles }) =>
  resourceGroupId !== undefined &&
  roles === "manage" &&
  roleScope === "resourceGroup" &&
  ownsSharedRoles === false
    ? [
        {
          key: "roleScope",
          value: roleScope,
          rule: "Grants on a resource group that exists already are shared by all stacks that use it: the one that makes them also takes them away when it is destroyed.",
          fix: "In the one stack that shall own them write `ownsSharedRoles: true`; in every other one `roles: expect`. Or choose `roleScope: destination`.",
        },
      ]
    : [],
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
      rule: `Grants on the stack's resource group do not reach what is in another one: ${outside.join(", ")}.`,
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
      rule: "The account that `existing` names is not managed here, so its options are set there; only `containers` says something of it.",
      fix: "Remove it; docs/existing.md says what should be set there, and how.",
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
