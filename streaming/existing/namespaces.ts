import type { Mistake } from "../wording/mistakes.ts";
import type { Placement } from "../placement/placement.ts";
import type { StreamingRequest } from "../request.ts";
import { tiers } from "../eventHubs/tiers.ts";
import { listed } from "../wording/words.ts";
import { asFound } from "../cloud/found.ts";
import type { ExistingFacts, ExistingHub, ExistingNamespace } from "./facts.ts";
import { hubFor, hubNamed, standing } from "./hubs.ts";
import { parseId } from "../cloud/resourceId.ts";
import { namespaceKind } from "./ids.ts";
import { lookedUp } from "./lookedUp.ts";
import { existingNamespaces, isAdopted } from "./existing.ts";

/** What a check needs to know of one namespace. */
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

/** What keeps the namespaces of a request from being used as they are. */
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
  facts.own.some((id) => id.toLowerCase() === namespace.resourceId.toLowerCase())
    ? [
        {
          ...at,
          rule: "This stack made the namespace itself, so it manages and deletes it.",
          fix: "Remove the entry, or name a namespace of somebody else's.",
        },
      ]
    : [];

const tier: Check = ({ at, namespace, request }) =>
  namespace.tier === request.tier
    ? []
    : [
        {
          ...at,
          rule: `The limits that the plan keeps are those of \`tier\`, ${request.tier}; this namespace is ${namespace.tier}.`,
          fix: `Write \`tier: ${namespace.tier}\`, or name a namespace of tier ${request.tier}.`,
        },
      ];

const trustedServices: Check = (checked) => {
  const { at, namespace } = checked;
  const { firewall, publicAccess } = namespace;
  const closed = publicAccess === "Disabled" ? "lets nobody in from public networks" : "denies by default";
  if (firewall === undefined || firewall.trustedServices) return [];
  if (publicAccess === "Enabled" && !firewall.denies) return [];
  if (publicAccess === "SecuredByPerimeter") return [];
  return [
    {
      ...at,
      rule: `Defender writes as a trusted Microsoft service, and the namespace's firewall ${closed} without letting those through.`,
      fix: `Let them in there: ${az(checked, "network-rule-set update", "--enable-trusted-service-access true")}`,
    },
  ];
};

const localAuth: Check = (checked) =>
  checked.namespace.localAuth
    ? []
    : [
        {
          ...checked.at,
          rule: "Defender most likely writes with the namespace's access keys, and local authentication is off there.",
          fix: `Turn it on: ${az(checked, "update", "--disable-local-auth false")}. Where an Azure Policy turns it off again, ask for an exemption.`,
        },
      ];

const tls: Check = (checked) =>
  ["1.0", "1.1"].includes(checked.namespace.minimumTlsVersion)
    ? [
        {
          ...checked.at,
          rule: `Event Hubs supports TLS 1.2 and newer only; the namespace still asks for ${checked.namespace.minimumTlsVersion}.`,
          fix: `Raise it: ${az(checked, "update", "--minimum-tls-version 1.2")}`,
        },
      ]
    : [];

/** Hubs of the names that are needed, without those of tables that are elsewhere. */
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
  const of = (whose: ReturnType<typeof standing>) =>
    hubs.filter((hub) => standing(hub, request, facts) === whose);
  const foreign = of("foreign").map(({ name }) => name);
  const others = of("anotherStack");
  const { name = "" } = parseId(namespace.resourceId) ?? {};
  return [
    ...(foreign.length > 0
      ? [
          {
            ...at,
            rule: `${listed(foreign)} ${foreign.length === 1 ? "is a hub" : "are hubs"} of ${name} already, and somebody else's.`,
            fix: `When Defender's events belong there, adopt ${foreign.length === 1 ? "it" : "them"} with \`existing: {adoptHubs: [${foreign.join(", ")}]}\` (or \`true\` for all); else put the tables elsewhere than ${key} with \`placement\`.`,
          },
        ]
      : []),
    ...others.map((hub) => ({
      ...at,
      rule: `The hub ${hub.name} of ${name} is made and deleted by another stack: ${hub.metadata}.`,
      fix: `Stream the table in one of the two stacks only, or put it elsewhere than ${key} with \`placement\`.`,
    })),
  ];
};

const adoptable: Check = (checked) => {
  const { at, request, facts } = checked;
  return neededHubs(checked)
    .filter((hub) => standing(hub, request, facts) === "adopted")
    .flatMap((hub): Mistake[] => {
      const { partitionCount: has } = hub;
      const { partitionCount: asked, tier } = request;
      const fits = has === asked || (tiers[tier].partitionsCanGrow && has < asked);
      return [
        ...(fits
          ? []
          : [
              {
                ...at,
                rule: `An adopted hub keeps its partitions: ${hub.name} has ${has}, and \`partitionCount\` is ${asked}.`,
                fix: `Write \`partitionCount: ${has}\`, or leave the hub alone and put its table elsewhere with \`placement\`.`,
              },
            ]),
        ...(hub.compacts
          ? [
              {
                ...at,
                rule: `${hub.name} compacts its log, and Defender's events have no key: only the last one would stay.`,
                fix: "Put its table elsewhere with `placement`, or make the hub anew with the cleanup policy Delete.",
              },
            ]
          : []),
      ];
    });
};

const checks: readonly Check[] = [notOurs, tier, trustedServices, localAuth, tls, notAdopted, adoptable];

/** A key of the plan stands for one namespace: under another one all its hubs would go. */
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
    const whose = existing ? "that was there before" : "that this stack made";
    return [
      {
        key: `existing.namespaces.${key}`,
        value: id,
        rule: `A key stands for one namespace: ${key} is deployed as ${resourceId}, ${whose}. Under another one its hubs would be lost.`,
        fix: `${existing ? `Write \`existing: {namespaces: {${key}: ${resourceId}}}\`` : `Write \`existing: {namespaces: {${key}: new}}\``}; give the other namespace a key of its own, and move tables there with \`placement\`.`,
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
        rule: `It names a hub that is there and needed, and ${why}.`,
        fix: "Remove it, or correct the name.",
      },
    ];
  });
}
