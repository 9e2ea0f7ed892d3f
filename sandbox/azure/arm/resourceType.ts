import type { Answer } from "../http.ts";
import type { Body, Resource, World } from "../state.ts";
import type { Caller } from "../tokens.ts";
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
  /** What a PUT may hold besides `id`, `name` and `type`, which every type takes and ignores. */
  readonly body: Structure;
  /** What a top-level type may hang on. Default: a resource group. */
  readonly scopes?: readonly Scope[];
  /** Resources that a PUT names, and what may be done with them only by who may do that. */
  readonly links?: readonly Link[];
  /** Has a location (required) and tags, and appears in `…/resources`. */
  readonly tracked?: true;
  /** Its location is `global`: it is in no region. */
  readonly isGlobal?: true;
  /** Refuses a name by throwing. */
  readonly checkName?: (name: string) => void;
  /** Knows PATCH: what it holds is laid over what is there. */
  readonly patch?: true;
  /** There from the start and never deleted; PUT changes it. */
  readonly singleton?: true;
  /** What is there under a name although nobody has written it; undefined: no such name. */
  readonly given?: (name: string) => Body | undefined;
  /** The answer to a GET while the provider is not registered. Absent: nothing special. */
  readonly whenUnregistered?: () => Error;
  /** Refuses a PUT or PATCH by throwing, and fills in what Azure fills in (`write.body` is changed in place). */
  readonly prepare?: (write: Write) => void;
  /** Its `provisioningState` after a PUT, until it is Succeeded. Absent: a PUT (`updating`: an update) is done when it is answered. */
  readonly lifecycle?: { readonly creating: string; readonly updating?: string };
  /** The answer to a PUT that creates is 202 with a Location and no body. */
  readonly createsLater?: true;
  /** Deletion goes on after the answer: 202 with a Location. */
  readonly deletesLater?: true;
  /** The path below which the state of a change is told, instead of by the resource or a Location. */
  readonly operations?: (resource: Resource, world: World) => string;
  /** Status of the answer to a PUT. Default: 200 and 200. */
  readonly putStatus?: { readonly created: number; readonly updated: number };
  /** Refuses a change of it, or of anything below it, while it is pending. */
  readonly whenBusy?: (resource: Resource) => Error;
  /** What Azure creates along with it. */
  readonly accompany?: readonly Companion[];
  /** Made with a new one and kept out of every answer but those of its actions, for example access keys. */
  readonly secrets?: () => Record<string, string>;
  /** What an answer holds beyond (or instead of) what is stored. */
  readonly present?: (resource: Resource, view: View) => Presentation;
  /** Properties that the answer to an update shows differently from a GET a moment later. */
  readonly presentUpdate?: (resource: Resource) => Record<string, unknown>;
  /** Called before it goes; refuses by throwing. */
  readonly beforeDelete?: (resource: Resource, world: World, ifMatch: string | undefined) => void;
  /** A DELETE answers with it and leaves it there with these properties. */
  readonly revertsTo?: Readonly<Record<string, unknown>>;
  /** The answer to DELETE holds what was deleted. */
  readonly returnsDeleted?: true;
  /** For types that list in a way of their own. */
  readonly list?: (scope: string, view: View) => readonly Resource[];
  /** For types that are found elsewhere than in the state, and then only read. */
  readonly find?: (id: string, world: World) => Resource | undefined;
  /** Is found elsewhere and can be written all the same. */
  readonly writable?: true;
  /** POST …/<name>/<action>, by lower-case action. */
  readonly actions?: Readonly<Record<string, Action>>;
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
  /** Id of what it hangs on: for a nested type its parent, else the scope. */
  readonly parent: string;
  readonly version: string;
  /** Read and checked against the declared shape; a PATCH is laid over what is there already. */
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

/** A resource that comes into being with another one, below it. */
export interface Companion {
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

/** What is worked out when it is asked for, and is no resource. */
export interface Question {
  readonly apiVersions: readonly string[];
  readonly answer: (call: QuestionCall) => unknown;
}

export interface QuestionCall {
  readonly world: World;
  readonly caller: Caller;
  /** Id of what is asked about; it exists. */
  readonly scope: string;
  /** Names in the path: of `locations/westeurope/usages` the first one. */
  readonly names: readonly string[];
  /** The request's address, for what its query asks. */
  readonly url: URL;
}
