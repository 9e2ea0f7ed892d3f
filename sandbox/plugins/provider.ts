import type { Autonaming } from "./azureNative/check.ts";
import type { Properties } from "./properties.ts";

/** The engine's requests to a provider, without their packing (`ResourceProvider` in pulumi's provider.proto). */
export interface Provider {
  /** The version that the plugin says it has: the SDK's. */
  readonly version: string;
  /** @param config the provider's settings, without a prefix */
  configure(config: Readonly<Record<string, string>>): void;
  check(request: CheckRequest): Promise<{ inputs: Properties; failures: string[] }>;
  diff(request: DiffRequest): Promise<DiffResponse> | DiffResponse;
  create(request: CreateRequest): Promise<{ id: string; outputs: Properties }>;
  /** @returns undefined when the resource does not exist */
  read(request: ReadRequest): Promise<{ id: string; inputs: Properties; outputs: Properties } | undefined>;
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(token: string, inputs: Properties): Promise<Properties>;
  /** Ends what is under way. */
  cancel(): void;
}

interface Resource {
  readonly urn: string;
  /** The type token in the URN, e.g. `azure-native:eventhub:Namespace`. */
  readonly type: string;
}

export interface CheckRequest extends Resource {
  readonly oldInputs: Properties;
  readonly newInputs: Properties;
  readonly seed: Uint8Array;
  readonly autonaming?: Autonaming;
}

export interface DiffRequest extends Resource {
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
  readonly newInputs: Properties;
}

export interface DiffResponse {
  readonly changes: ReadonlyMap<
    string,
    { readonly kind: "add" | "delete" | "update"; readonly replaces: boolean }
  >;
  readonly deleteBeforeReplace: boolean;
}

interface Operation extends Resource {
  /** Seconds that the program allows for it; 0: the provider's default. */
  readonly timeout: number;
}

export interface CreateRequest extends Operation {
  readonly inputs: Properties;
  readonly preview: boolean;
}

export interface ReadRequest extends Resource {
  readonly id: string;
  /** Undefined in an import. */
  readonly oldInputs: Properties | undefined;
  readonly oldOutputs: Properties;
}

export interface UpdateRequest extends Operation {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
  readonly newInputs: Properties;
  readonly preview: boolean;
}

export interface DeleteRequest extends Operation {
  readonly id: string;
  readonly oldOutputs: Properties;
}

/** The resource may exist, but its creation or update failed: the engine keeps it in the state, with these outputs. */
export class PartialFailure extends Error {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;

  constructor(message: string, resource: { id: string; inputs: Properties; outputs: Properties }) {
    super(message);
    this.id = resource.id;
    this.inputs = resource.inputs;
    this.outputs = resource.outputs;
  }
}
