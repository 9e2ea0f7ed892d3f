import { handoverIn } from "./changes/handover.ts";
import { protectionOf } from "./changes/protection.ts";
import { unreachable } from "./changes/unreachable.ts";
import { mistakesIn } from "./check.ts";
import { consumerGroupsOf, hasNeeds, provisionOf } from "./consumers/provision.ts";
import { consumerWarnings } from "./consumers/warnings.ts";
import { allDestinations, readsFrom, streamsTo } from "./defender/destinations.ts";
import { isInOtherGroup } from "./cloud/resourceId.ts";
import { portalOf } from "./defender/portal.ts";
import { hubNameOf, inCatalogOrder, shortHubName } from "./defender/tables.ts";
import { defenderWarnings } from "./defender/warnings.ts";
import type { PlanParts } from "./deployer/planParts.ts";
import { providersFor } from "./deployer/providers.ts";
import { isEncrypted } from "./encryption/customerManagedKey.ts";
import { plannedKey } from "./encryption/plannedKey.ts";
import { isReplaced, type LiveNamespaces, neverLower } from "./eventHubs/liveNamespace.ts";
import { tiers } from "./eventHubs/tiers.ts";
import { tierWarnings } from "./eventHubs/warnings.ts";
import { existingNamespaces } from "./existing/existing.ts";
import type { ExistingFacts } from "./existing/facts.ts";
import { existingMistakes } from "./existing/mistakes.ts";
import { hubFor } from "./existing/hubs.ts";
import { partitionMistakes, roomMistakes, withRooms } from "./existing/room.ts";
import { adoptedHub, existingAccount, existingGroup, existingNamespace } from "./existing/used.ts";
import { existingWarnings } from "./existing/warnings.ts";
import { firewallWithReaders } from "./network/namespaceFirewall.ts";
import { networkWarnings } from "./network/namespaceFirewallWarnings.ts";
import { zonesToCreate } from "./network/zoneLinks.ts";
import { Allocation } from "./placement/allocation.ts";
import { tooManyExportSettings } from "./placement/exportSettingRules.ts";
import { fillGaps } from "./placement/fillGaps.ts";
import { areAtHome, seatAtHome, withHomes } from "./placement/homes.ts";
import { keep } from "./placement/keepDeployed.ts";
import { limitsOf, type Limits } from "./placement/limits.ts";
import { placeFresh } from "./placement/placeFresh.ts";
import type { Placement } from "./placement/placement.ts";
import { placementWarnings } from "./placement/warnings.ts";
import type {
  NamedResources,
  Plan,
  PlannedConsumer,
  PlannedNamespace,
  PlannedHub,
  PlannedHubsSetting,
  PlannedScope,
  PlannedStorageSetting,
} from "./planned.ts";
import { cloudOf, createsNamespaces, type StreamingRequest } from "./request.ts";
import { portalUserWarnings } from "./roles/portalUserWarnings.ts";
import { blobDataContributor, grants, grantTo, type People } from "./roles/roles.ts";
import { isLeftToOthers, type ExistingGrants } from "./roles/existingGrants.ts";
import { scopesOf } from "./roles/existingScopes.ts";
import {
  accountKey,
  planAccount,
  type PlannedAccount,
  storageDefaults,
  withReaders,
  storageExportSettingKey,
} from "./storage/account.ts";
import type { LiveAccounts } from "./storage/redundancy.ts";
import { storageWarnings } from "./storage/warnings.ts";
import { MistakesError, type Mistake } from "./wording/mistakes.ts";
import { listed } from "./wording/words.ts";

/** What exists, as far as a plan depends on it. */
export interface CurrentState {
  /** Where the last deployment put each table. Default: there was none. */
  readonly placement?: Placement | undefined;
  /** The namespaces by their keys. Default: none exist. */
  readonly live?: LiveNamespaces | undefined;
  /** The storage account by its key. Default: there is none. */
  readonly liveAccounts?: LiveAccounts | undefined;
  /** The resource group that the stack created. Default: unknown. */
  readonly ownGroup?: string | undefined;
  /** What `request.existing` and `request.clusterId` name; needed when they name something. */
  readonly existing?: ExistingFacts | undefined;
  /** Which roles are assigned at what exists. Default: none is known. */
  readonly existingGrants?: readonly ExistingGrants[] | undefined;
  /** Everybody with the object ids that are known. Default: as the request names them. */
  readonly people?: People | undefined;
}

/** What comes of planning. Without a plan there is at least one mistake. */
interface Planning {
  readonly plan?: Plan;
  readonly mistakes: readonly Mistake[];
}

/**
 * Turns a request into namespaces with hubs, a storage account, and export settings.
 *
 * Without a placement: fewest namespaces, related tables together. With the placement as last deployed nothing placed moves as long
 * as the limits allow, and new tables fill gaps: adding or removing a table changes at most one export setting, because somebody
 * typed them in by hand. What is worse than the fewest is a warning. `request.placement` overrides both. Storage has its own
 * export setting: adding or removing it changes none of the others.
 *
 * Within `request.existing` the plan keeps to the room that there is, and puts tables where their hub is already.
 *
 * The order of the request's tables does not matter; the same input gives the same plan.
 *
 * @throws MistakesError with all mistakes of the request; or with all that keeps what exists from being used or changed; or when the
 * tenant has too few export settings left.
 */
export function plan(request: StreamingRequest, current: CurrentState = {}): Plan {
  const { plan, mistakes } = planOrMistakes(request, current);
  if (!plan || mistakes.length > 0) throw new MistakesError(mistakes);
  return plan;
}

/** As `plan`, and returns the mistakes, with the plan if only the way from the current state to it is wrong. */
export function planOrMistakes(request: StreamingRequest, current: CurrentState): Planning {
  const { placement = {}, existing, live = {} } = current;
  const unsound = mistakesIn({ ...request, storage: request.storage ?? storageDefaults });
  if (unsound.length > 0) return { mistakes: unsound };
  const general = limitsOf(request);
  if (general === undefined)
    throw new Error("The rules let a request without limits through: this is a bug.");
  if (existing === undefined && (request.existing !== undefined || request.clusterId !== undefined)) {
    throw new Error("What the request names as existing has to be read first, and handed to the plan.");
  }
  const tables = inCatalogOrder(request.tables);
  const rooms = existing ? withRooms(general, request, placement, existing) : general;
  const limits = withHomes(rooms, tables, placement, live, (table) => hubFor(table, request));
  const hubs = streamsTo(request, "eventHub");
  const accounts = streamsTo(request, "storage")
    ? [
        planAccount(tables, withReaders(request.storage ?? storageDefaults, request.consumers), {
          existing: existingAccount(existing),
          isEncrypted: isEncrypted(request, "storage"),
          isProtected: protectionOf(request, accountKey),
        }),
      ]
    : [];
  const demanded = request.placement ?? {};
  const kept = hubs ? keep(tables, demanded, placement, limits) : new Allocation(limits);
  const pushed = hubs ? pushedOut(tables, demanded, kept, keep(tables, {}, placement, limits)) : [];
  if (pushed.length > 0) return { mistakes: pushed };
  const allocation = hubs ? withOthers(tables, limits, kept) : kept;
  const unusable = existing
    ? [
        ...existingMistakes(request, placement, existing),
        ...roomMistakes(tables, allocation, limits, request, existing),
        ...partitionMistakes(tables, allocation, request, existing),
      ]
    : [];
  if (unusable.length > 0) return { mistakes: unusable };
  const final = hubs ? allocation.placementOf(tables) : {};
  const needed = allocation.exportSettings.length + accounts.length;
  const mistakes = tooManyExportSettings(request, needed, request.exportSettingsUsedByOthers);
  if (mistakes.length > 0) return { mistakes };
  const namespaces = allocation.namespaces.map((key) => namespace(key, tables, final, request, current));
  const people = current.people ?? request;
  const parts: PlanParts = {
    ...settled(request),
    namespaces,
    ...existingGroup(existing),
    accounts,
    everybody: [...people.portalUsers, ...people.consumers].map(({ name }) => name),
    consumers: hubs ? plannedConsumers(request, people) : [],
    scopes: plannedScopes(request, people, namespaces, accounts, current),
    locks: request.lock ? lockedIn(namespaces, accounts, request) : undefined,
    exportSettings: [
      ...allocation.exportSettings.map((key) => exportSetting(key, tables, final, request)),
      ...accounts.map(({ key }) => storageSetting(key, tables)),
    ],
    placement: final,
    warnings: [
      ...portalUserWarnings(request),
      ...tierWarnings(request),
      ...defenderWarnings(request, tables),
      ...placementWarnings(request, tables, final, placement, limits),
      ...accounts.flatMap((account) => storageWarnings(account, request)),
      ...consumerWarnings(request),
      ...networkWarnings(request),
      ...(existing ? existingWarnings(request, existing) : []),
    ],
  };
  const plan = { ...parts, providers: providersFor(parts, request.registration?.providers) };
  return { plan, mistakes: unreachable(plan, request, current) };
}

/** What follows from the request alone. */
function settled(request: StreamingRequest) {
  const { customerManagedKey, privateEndpoints, endpointIntegration, product } = request;
  const cloud = cloudOf(request);
  return {
    cloud,
    portal: portalOf(product, cloud),
    key: customerManagedKey && plannedKey(customerManagedKey),
    privateEndpoints: privateEndpoints
      ? { ...privateEndpoints, newZones: zonesToCreate(request, cloud) }
      : undefined,
    endpointIntegration: endpointIntegration || undefined,
    named: streamsTo(request, "eventHub")
      ? named(request)
      : { namespaceIds: [], newNamespaces: false as const },
  };
}

function named(request: StreamingRequest): NamedResources {
  const { existing, clusterId, eventHubNetwork } = request;
  const subnetIds = eventHubNetwork?.virtualNetworkRules ?? [];
  const newNamespaces = createsNamespaces(request) && { subnetIds };
  return { namespaceIds: existingNamespaces(existing).map(([, id]) => id), newNamespaces, clusterId };
}

function plannedConsumers(request: StreamingRequest, { consumers }: People): PlannedConsumer[] {
  const readers = consumers.filter((consumer) => readsFrom(consumer, "eventHub"));
  const managed = request.roles !== "expect";
  return readers.map((consumer) => ({
    ...consumer,
    provision: provisionOf(consumer, request.consumerGroups),
    hasNeeds: hasNeeds(consumer),
    storeGrant: { ...grantTo("consumers", consumer, blobDataContributor), managed },
  }));
}

function plannedScopes(
  { roleScope, roles }: StreamingRequest,
  people: People,
  namespaces: readonly PlannedNamespace[],
  accounts: readonly PlannedAccount[],
  { existingGrants = [] }: CurrentState,
): PlannedScope[] {
  const destinations = [
    ...namespaces.map(({ key }) => ({ name: key, kind: "eventHub" as const })),
    ...accounts.map(({ key }) => ({ name: key, kind: "storage" as const })),
  ];
  const kinds = allDestinations.filter((kind) => destinations.some((one) => one.kind === kind));
  return scopesOf(roleScope, destinations, kinds).map(({ name, kinds }) => {
    const existing = existingGrants.find((one) => one.name === name);
    return {
      name,
      grants: grants(people, kinds).map((grant) => ({
        ...grant,
        managed: roles !== "expect" && !isLeftToOthers(grant, existing),
      })),
    };
  });
}

/** What this stack creates: what exists already is not its own to lock, its private endpoints are. */
function lockedIn(
  namespaces: readonly PlannedNamespace[],
  accounts: readonly PlannedAccount[],
  { privateEndpoints }: StreamingRequest,
): string[] {
  const destinations = [...namespaces, ...accounts];
  return [
    ...destinations.filter(({ existing }) => !existing).map(({ key }) => key),
    ...(privateEndpoints ? destinations.map(({ key }) => `${key}-endpoint`) : []),
  ];
}

/** Finds a place for the tables that have none. A first deployment that failed gets the places of a new stack again. */
function withOthers(tables: readonly string[], limits: Limits, allocation: Allocation): Allocation {
  if (allocation.isEmpty && limits.rooms === undefined) {
    const fresh = new Allocation(limits);
    placeFresh(tables, limits, fresh);
    if (areAtHome(fresh, limits)) return fresh;
  }
  seatAtHome(tables, limits, allocation);
  fillGaps(tables, allocation);
  return allocation;
}

/** A demand must not move a table that nobody spoke of. */
function pushedOut(
  tables: readonly string[],
  demanded: Placement,
  allocation: Allocation,
  undisturbed: Allocation,
): Mistake[] {
  const pushed = tables.filter((table) => {
    const before = undisturbed.placeOf(table);
    const after = allocation.placeOf(table);
    if (demanded[table] !== undefined || before?.exportSetting === undefined) return false;
    return before.namespace !== after?.namespace || before.exportSetting !== after.exportSetting;
  });
  if (pushed.length === 0) return [];
  return [
    {
      key: "placement",
      value: demanded,
      rule: `Deployed tables move only if \`placement\` moves them, and the places in it leave no room for these where they are: ${listed(pushed)}.`,
      fix: "Add places for them to `placement`, or choose other places.",
    },
  ];
}

function namespace(
  key: string,
  tables: readonly string[],
  placement: Placement,
  request: StreamingRequest,
  current: CurrentState,
): PlannedNamespace {
  const { existing, live: all = {} } = current;
  const inside = tables.filter((table) => placement[table]?.namespace === key);
  const { tier, clusterId, eventHubNetwork } = request;
  const used = existingNamespace(key, existing);
  const live = all[key];
  const size = {
    tier,
    throughputUnits: used?.units ?? request.throughputUnits,
    maximumThroughputUnits:
      used?.ceiling ?? (request.autoInflate ? request.autoInflate.maximumThroughputUnits : 0),
  };
  const made = {
    isEncrypted: used === undefined && isEncrypted(request, "eventHub"),
    clusterId: used === undefined ? clusterId : undefined,
  };
  const group = existingGroup(existing).resourceGroup?.name ?? current.ownGroup;
  const replaced =
    used === undefined &&
    live !== undefined &&
    (isReplaced({ tier, ...made }, live, request.location) || isInOtherGroup(live.resourceId, group));
  const isProtected = protectionOf(request, key);
  const hub = (asked: string, hubTables: string[]): PlannedHub => {
    const adopted = existing && adoptedHub(key, asked, request, existing);
    // Azure ignores the letter case.
    const name = Object.keys(live?.hubs ?? {}).find((one) => sameName(one, asked)) ?? asked;
    const { partitionCount, retentionHours, hubPolicy = false } = request;
    const now = replaced ? undefined : live?.hubs[adopted?.name ?? name];
    return {
      name,
      shortName: shortHubName(adopted?.name ?? name),
      tables: hubTables,
      partitionCount,
      partitions:
        tiers[tier].partitionsCanGrow && partitionCount >= (now?.partitionCount ?? 0)
          ? "changeInPlace"
          : "replace",
      retentionHours,
      isProtected: adopted?.adopted === undefined && isProtected(hubTables),
      hasPolicy: hubPolicy,
      consumerGroups: consumerGroupsOf(request.consumers, request.consumerGroups),
      ...adopted,
    };
  };
  const planned = {
    key,
    ...size,
    send: neverLower(size, live),
    ...made,
    isProtected: isProtected([]),
    isReplaced: replaced,
    hubs:
      request.layout === "single"
        ? [hub(request.hubName ?? "", inside)]
        : inside.map((table) => hub(hubNameOf(table), [table])),
    network:
      eventHubNetwork && used === undefined
        ? firewallWithReaders(eventHubNetwork, request.consumers)
        : undefined,
    existing: used,
  };
  const { pairs } = handoverIn(planned, request, current);
  return { ...planned, hubs: planned.hubs.map((one) => inPlaceOf(pairs.get(one.name), one)) };
}

/** A new hub that takes another one's place. The engine checks its protection for the other one's deletion, and it holds no events yet. */
function inPlaceOf(old: string | undefined, hub: PlannedHub): PlannedHub {
  return old === undefined ? hub : { ...hub, replaces: shortHubName(old), isProtected: false };
}

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function exportSetting(
  key: string,
  tables: readonly string[],
  placement: Placement,
  request: StreamingRequest,
): PlannedHubsSetting {
  const eventTypes = tables.filter((table) => placement[table]?.exportSetting === key);
  const home = placement[eventTypes[0] ?? ""]?.namespace;
  if (home === undefined) throw new Error(`${key} is empty: this is a bug of the plan.`);
  const hubName = request.layout === "single" ? (request.hubName ?? "") : "";
  return { key, destination: "eventHub", namespace: home, hubName, eventTypes };
}

function storageSetting(account: string, tables: readonly string[]): PlannedStorageSetting {
  return {
    key: storageExportSettingKey,
    destination: "storage",
    account,
    hubName: "",
    eventTypes: [...tables],
  };
}
