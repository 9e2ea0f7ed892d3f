import type { Condition } from "../conditions/condition.ts";
import type { Failure } from "../faults/fault.ts";
import type { Answer } from "../http.ts";
import type { Body, Resource, World } from "../state.ts";
import type { Caller } from "../signIn/tokens.ts";
import type { Structure } from "./shape.ts";

/**
 * Declares a resource type. Everything all types have in common (paths, api-versions, parents, registration,
 * locations, tags, operations, cascades, lists) is done from this declaration; a new type is one file that
 * exports one, and its line in the provider's list.
 */
export interface ResourceType {
  /** Full name, for example `Microsoft.EventHub/namespaces/eventhubs`: the part before the last `/` is its parent. */
  readonly name: string;
  readonly apiVersions: readonly string[];
  /** What a top-level type may belong to. Default: a resource group. */
  readonly scopes?: readonly Scope[];
  /** Has a location (required) and tags, and appears in `…/resources`: in a region, or everywhere. */
  readonly tracked?: "regional" | "global";
  /** Exists from the start and is never deleted; PUT changes it. */
  readonly singleton?: true;
  readonly naming?: Naming;
  /** What a PUT may hold besides `id`, `name` and `type`, which every type takes and ignores. */
  readonly body: Structure;
  /** Absent: a type that is found elsewhere (`reading.find`) can only be read. */
  readonly writing?: Writing;
  /** Absent: a PUT is done when it is answered. */
  readonly lifecycle?: Lifecycle;
  readonly deletion?: Deletion;
  readonly reading?: Reading;
  /** POST …/<name>/<action>, by lower-case action. */
  readonly actions?: Readonly<Record<string, Action>>;
}

interface Naming {
  /** Refuses a name by throwing. */
  readonly check?: (name: string) => void;
  /** What exists under a name before anybody writes it; undefined: no such name. */
  readonly given?: (name: string) => Body | undefined;
}

interface Writing {
  /** Resources that a PUT names, and the actions on them that the caller needs. */
  readonly links?: readonly Link[];
  /** Knows PATCH, which changes only what it names. */
  readonly patch?: true;
  /** Refuses a PUT or PATCH by throwing, and fills in what Azure fills in (`write.body` is changed in place). */
  readonly prepare?: (write: Write) => void;
  /**
   * What happens now and then to a change while another one is being written (condition `overlaps`): a new one beside a new sibling
   * is acknowledged, and missing afterwards; or a change of the same one is refused.
   */
  readonly overlaps?: "getLost" | (() => Error);
  /** Status of the answer to a PUT. Default: 200 and 200. */
  readonly status?: { readonly created: number; readonly updated: number };
  /** What Azure creates along with it. */
  readonly accompany?: readonly Companion[];
  /** Created with a new one, and only in the answers of its actions, for example access keys. */
  readonly secrets?: () => Record<string, string>;
}

interface Lifecycle {
  /** Its `provisioningState` after a PUT that creates, until it is Succeeded. */
  readonly creating: string;
  /** The same for an update. Absent: an update is done when it is answered. */
  readonly updating?: string;
  /** The answer to a PUT that creates is 202 with a Location and no body. */
  readonly createsLater?: true;
  /** The path below which Azure reports the state of a change. Absent: the resource or a Location does. */
  readonly operations?: (resource: Resource, world: World) => string;
  /**
   * Why a change that starts now ends as failed: another one is running that Azure does not always keep apart. Only under the condition
   * `overlaps`.
   */
  readonly collision?: (resource: Resource, world: World) => Failure | undefined;
  /** Refuses a change of it, or of anything below it, while it is pending. */
  readonly whenBusy?: (resource: Resource) => Error;
  /** Refuses a change of what is below it; undefined: nothing is in its way. */
  readonly whenFresh?: (resource: Resource, world: World) => Error | undefined;
}

interface Deletion {
  /** Deletion goes on after the answer: 202 with a Location. */
  readonly later?: true;
  /** Called before the deletion; refuses by throwing. */
  readonly before?: (resource: Resource, world: World, ifMatch: string | undefined) => void;
  /** A DELETE answers with it and keeps it with these properties. */
  readonly revertsTo?: Readonly<Record<string, unknown>>;
  /** It can fail, and goes on in the background (condition `deletionsHang`). */
  readonly hangs?: () => Error;
  /** The answer to DELETE holds what was deleted. */
  readonly returnsDeleted?: true;
}

interface Reading {
  /** The condition under which a new one does not show yet. */
  readonly showsLate?: Condition;
  /** What an answer holds beyond (or instead of) what is stored. */
  readonly present?: (resource: Resource, view: View) => Presentation;
  /** Properties that the answer to an update shows differently from a GET a moment later. */
  readonly presentUpdate?: (resource: Resource) => Record<string, unknown>;
  /** For types whose list is not simply what is below a scope. */
  readonly list?: (scope: string, view: View) => readonly Resource[];
  /** For types that are found elsewhere than in the state. */
  readonly find?: (id: string, world: World) => Resource | undefined;
  /** The answer to a GET while the provider is not registered. Absent: nothing special. */
  readonly whenUnregistered?: () => Error;
}

export interface Link {
  /** Where a body has their ids, such as `properties.subnet.id`; `[]`: in each entry of a list, `{}`: the names of an object's members. */
  readonly to: string;
  /** Below their type, such as `join/action`. */
  readonly action: string;
}

export type Scope = "tenant" | "subscription" | "resourceGroup" | "resource";

export interface Write {
  readonly type: ResourceType;
  readonly id: string;
  readonly name: string;
  /** Id of what it belongs to: for a nested type its parent, or else the scope. */
  readonly parent: string;
  readonly version: string;
  /** Read and checked against the declared shape; a PATCH is laid over what exists. */
  readonly body: Body & { properties: Record<string, unknown> };
  readonly existing: Resource | undefined;
  /** The ETag that the caller has seen. */
  readonly ifMatch: string | undefined;
  readonly world: World;
}

export interface View {
  readonly world: World;
  readonly version: string;
  /** `$filter`, `""` when there is none. */
  readonly filter: string;
}

export interface Presentation {
  readonly type?: string;
  readonly location?: string | undefined;
  /** Members beside the properties. */
  readonly envelope?: Record<string, unknown>;
  readonly properties?: Record<string, unknown>;
}

/** A resource that Azure creates with another one, below it. */
interface Companion {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type Action = (
  resource: Resource,
  call: { readonly body: unknown; readonly world: World; readonly ifMatch: string | undefined },
) => Answer;

export type ProviderAction = (call: {
  readonly body: unknown;
  readonly world: World;
  readonly scope: string;
  /** Whether a type has tags and a location. */
  readonly isTracked: (type: string) => boolean;
}) => Answer;

export interface Provider {
  readonly namespace: string;
  /** Part of every subscription; cannot be unregistered. */
  readonly registrationFree?: true;
  readonly types: readonly ResourceType[];
  /** POST /subscriptions/<id>/providers/<namespace>/<action>, by lower-case action. */
  readonly actions?: Readonly<Record<string, ProviderAction>>;
  /** GET <scope>/providers/<namespace>/<path>, by lower-case path without names (`locations/usages`). */
  readonly questions?: Readonly<Record<string, Question>>;
}

/** What is computed on request, and is no resource. */
export interface Question {
  readonly apiVersions: readonly string[];
  readonly answer: (call: QuestionCall) => unknown;
}

interface QuestionCall {
  readonly world: World;
  readonly caller: Caller;
  /** Id of what is asked about; it exists. */
  readonly scope: string;
  /** Names in the path: of `locations/westeurope/usages` the first one. */
  readonly names: readonly string[];
  /** The request's address, for what its query asks. */
  readonly url: URL;
}
