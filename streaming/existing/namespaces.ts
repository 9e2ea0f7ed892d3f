import { type Mistake, mistakes } from "../wording/mistakes.ts";
import type { Placement } from "../placement/placement.ts";
import type { StreamingRequest } from "../request.ts";
import { tiers } from "../eventHubs/tiers.ts";
import { listed } from "../wording/words.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingFacts, ExistingHub, ExistingNamespace } from "./facts.ts";
import { hubFor, hubNamed, ownerOf } from "./hubs.ts";
import { parseId } from "../cloud/resourceId.ts";
import { namespaceKind } from "./ids.ts";
import { lookedUp } from "./lookedUp.ts";
import { existingNamespaces, isAdopted } from "./existing.ts";

/** One namespace to check, and what the checks need. */
interface Checked {
  /** The setting that names it. */
  readonly at: { readonly key: string; readonly value: string };
  /** Its key in the plan. */
  readonly key: string;
  readonly namespace: ExistingNamespace;
  readonly request: StreamingRequest;
  readonly deployed: Placement;
  readonly facts: ExistingFacts;
}

/** Why the existing namespaces of a request cannot be used. */
export function namespaceMistakes(
  request: StreamingRequest,
  deployed: Placement,
  facts: ExistingFacts,
): Mistake[] {
  const each = existingNamespaces(request.existing).flatMap(([key, id]) => {
    const at = { key: `existing.namespaces.${key}`, value: id };
    const found = facts.namespaces[key];
    const namespace = asFound(found);
    const missing = lookedUp(at.key, id, namespaceKind, found, facts);
    if (missing.length > 0 || namespace === undefined) return missing;
    const checked: Checked = { at, key, namespace, request, deployed, facts };
    return checks.flatMap((check) => check(checked));
  });
  return [...each, ...keysKept(request, deployed, facts), ...adoptedNames(request, facts)];
}

const az = ({ namespace }: Checked, command: string, options: string) => {
  const { resourceGroupName = "", name = "" } = parseId(namespace.resourceId) ?? {};
  const names = command.startsWith("network-rule-set")
    ? `--resource-group ${resourceGroupName} --namespace-name ${name}`
    : `--resource-group ${resourceGroupName} --name ${name}`;
  return `az eventhubs namespace ${command} ${names} ${options}`.replaceAll(/\s+/g, " ").trim();
};

type Check = (checked: Checked) => Mistake[];

const notOurs: Check = ({ at, namespace, facts }) =>
  mistakes(
    facts.own.some((id) => id.toLowerCase() === namespace.resourceId.toLowerCase()) && {
      ...at,
      rule: "This stack created the namespace, so it manages and deletes it.",
      fix: "Remove the entry, or name a namespace that this stack did not create.",
    },
  );

const tier: Check = ({ at, namespace, request }) =>
  mistakes(
    namespace.tier !== request.tier && {
      ...at,
      rule: `The plan keeps the limits of \`tier\`, which is ${request.tier}, but this namespace is ${namespace.tier}.`,
      fix: `Write \`tier: ${namespace.tier}\`, or name a namespace of tier ${request.tier}.`,
    },
  );

const trustedServices: Check = (checked) => {
  const { at, namespace } = checked;
  const { firewall, publicAccess } = namespace;
  const closed = publicAccess === "Disabled" ? "blocks all public networks" : "blocks by default";
  if (firewall === undefined || firewall.trustedServices) return [];
  if (publicAccess === "Enabled" && !firewall.denies) return [];
  if (publicAccess === "SecuredByPerimeter") return [];
  return [
    {
      ...at,
      rule: `Defender writes as a trusted Microsoft service, and the namespace's firewall ${closed}, trusted services too.`,
      fix: `Allow them there: ${az(checked, "network-rule-set update", "--enable-trusted-service-access true")}`,
    },
  ];
};

const localAuth: Check = (checked) =>
  mistakes(
    !checked.namespace.localAuth && {
      ...checked.at,
      rule: "Defender most likely writes with the namespace's access keys, and the namespace has local authentication turned off.",
      fix: `Turn it on: ${az(checked, "update", "--disable-local-auth false")}. If an Azure Policy turns it off again, ask for an exemption.`,
    },
  );

const tls: Check = (checked) =>
  mistakes(
    ["1.0", "1.1"].includes(checked.namespace.minimumTlsVersion) && {
      ...checked.at,
      rule: `Event Hubs supports only TLS 1.2 and newer, and the namespace still allows ${checked.namespace.minimumTlsVersion}.`,
      fix: `Raise it: ${az(checked, "update", "--minimum-tls-version 1.2")}`,
    },
  );

/** Existing hubs with names that the stack needs, without those of tables in other namespaces. */
function neededHubs({ key, namespace, request, deployed }: Checked): ExistingHub[] {
  const here = request.tables.filter((table) => {
    const place = request.placement?.[table] ?? deployed[table];
    return place === undefined || place.namespace === key;
  });
  const names = new Set(here.map((table) => hubFor(table, request)));
  return [...names].flatMap((name) => hubNamed(namespace, name) ?? []);
}

const notAdopted: Check = (checked) => {
  const { at, key, namespace, request, facts } = checked;
  const hubs = neededHubs(checked);
  const of = (whose: ReturnType<typeof ownerOf>) =>
    hubs.filter((hub) => ownerOf(hub, request, facts) === whose);
  const foreign = of("foreign").map(({ name }) => name);
  const others = of("anotherStack");
  const { name = "" } = parseId(namespace.resourceId) ?? {};
  return [
    ...mistakes(
      foreign.length > 0 && {
        ...at,
        rule: `${name} already has ${foreign.length === 1 ? "the hub" : "the hubs"} ${listed(foreign)}, which this stack did not create.`,
        fix: `If Defender's events belong there, write \`existing: {adoptHubs: [${foreign.join(", ")}]}\` (or \`true\` for all). Otherwise put the tables into another namespace than ${key} with \`placement\`.`,
      },
    ),
    ...others.map((hub) => ({
      ...at,
      rule: `Another stack created the hub ${hub.name} of ${name}, and deletes it: ${hub.metadata}.`,
      fix: `Stream the table in one of the two stacks only, or put it into another namespace than ${key} with \`placement\`.`,
    })),
  ];
};

const adoptable: Check = (checked) => {
  const { at, request, facts } = checked;
  return neededHubs(checked)
    .filter((hub) => ownerOf(hub, request, facts) === "adopted")
    .flatMap((hub): Mistake[] => {
      const { partitionCount: has } = hub;
      const { partitionCount: asked, tier } = request;
      const fits = has === asked || (tiers[tier].partitionsCanGrow && has < asked);
      return mistakes(
        !fits && {
          ...at,
          rule: `An adopted hub keeps its partitions: ${hub.name} has ${has}, and \`partitionCount\` is ${asked}.`,
          fix: `Write \`partitionCount: ${has}\`, or do not adopt the hub and put its table into another namespace with \`placement\`.`,
        },
        hub.compacts && {
          ...at,
          rule: `${hub.name} compacts its log, and Defender's events have no key: only the last one would be kept.`,
          fix: "Put its table into another namespace with `placement`, or recreate the hub with the cleanup policy Delete.",
        },
      );
    });
};

const checks: readonly Check[] = [notOurs, tier, trustedServices, localAuth, tls, notAdopted, adoptable];

/** A key of the plan always means the same namespace. A different namespace under it would delete all its hubs. */
function keysKept(request: StreamingRequest, deployed: Placement, facts: ExistingFacts): Mistake[] {
  const asked = new Map(existingNamespaces(request.existing));
  const used = new Set(
    request.tables.map((table) => (request.placement?.[table] ?? deployed[table])?.namespace),
  );
  return Object.entries(facts.deployed).flatMap(([key, { resourceId, existing }]): Mistake[] => {
    const id = asked.get(key);
    const isSame = id === undefined ? !existing : id.toLowerCase() === resourceId.toLowerCase();
    if (isSame || !used.has(key) || facts.own.some((own) => own.toLowerCase() === id?.toLowerCase()))
      return [];
    const whose = existing ? "an existing namespace" : "which this stack created";
    return [
      {
        key: `existing.namespaces.${key}`,
        value: id,
        rule: `A key always means the same namespace: ${key} is deployed as ${resourceId}, ${whose}. A different namespace under this key would delete its hubs.`,
        fix: `${existing ? `Write \`existing: {namespaces: {${key}: ${resourceId}}}\`` : `Write \`existing: {namespaces: {${key}: new}}\``}; give the other namespace its own key, and move tables there with \`placement\`.`,
      },
    ];
  });
}

/** A name in `adoptHubs` that fits nothing is a slip. */
function adoptedNames(request: StreamingRequest, facts: ExistingFacts): Mistake[] {
  const { existing = {} } = request;
  const names = Array.isArray(existing.adoptHubs) ? (existing.adoptHubs as readonly string[]) : [];
  const found = existingNamespaces(existing).map(([key]) => asFound(facts.namespaces[key]));
  if (found.includes(undefined)) return [];
  const needed = new Set(request.tables.map((table) => hubFor(table, request).toLowerCase()));
  return names.flatMap((name, index): Mistake[] => {
    const isNeeded = needed.has(name.toLowerCase());
    const isThere = found.some((namespace) => namespace && hubNamed(namespace, name) !== undefined);
    if (isNeeded && isThere && isAdopted(existing, name)) return [];
    const why = isNeeded
      ? "there is no such hub in the namespaces"
      : "no table of this stack has a hub of this name";
    return [
      {
        key: `existing.adoptHubs[${index}]`,
        value: name,
        rule: `It must name an existing hub that this stack needs, but ${why}.`,
        fix: "Remove it, or correct the name.",
      },
    ];
  });
}
