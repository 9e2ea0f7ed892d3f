import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Conditions } from "./conditions/condition.ts";
import type { Failure, Fault } from "./faults/fault.ts";

/** What a resource consists of besides its id, name and type. */
export interface Body {
  location?: string;
  tags?: Record<string, string>;
  properties?: Record<string, unknown>;
  [envelope: string]: unknown;
}

export interface Resource {
  /** As first written, with the letter case of the declared type. */
  readonly id: string;
  /** Name of the declared type, for example `Microsoft.EventHub/namespaces`. */
  readonly type: string;
  readonly name: string;
  body: Body;
  readonly createdAt: string;
  updatedAt: string;
  /** What Azure is still doing with it, and until when (ms since 1970). */
  pending?: { readonly state: string; readonly until: number; failure?: Failure | undefined };
  /** Why its last change failed after Azure had accepted it. */
  failed?: Failure;
  /** Until when it or something below it is being written, ms since 1970 (see `Writing.overlaps`). */
  writingUntil?: number;
  /** When it disappears by itself, ms since 1970. */
  endsAt?: number;
  /** Never part of an answer to GET: access keys. */
  secrets?: Record<string, string>;
  /** Part of a fresh subscription: nobody has deployed it. */
  readonly seeded?: true;
}

export interface Registration {
  state: "NotRegistered" | "Registering" | "Registered" | "Unregistering";
  /** End of Registering or Unregistering, ms since 1970; absent: never. */
  until?: number;
  /** How long the next registration takes, in ms; "never": it hangs. Set by tests. */
  delay?: number | "never";
}

/** Something that Azure Monitor has counted. */
export interface Sample {
  /** Lower-case id of what it was counted of. */
  readonly resource: string;
  readonly metric: string;
  /** By the dimension's name. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** ms since 1970. */
  readonly at: number;
  readonly value: number;
}

/** An entry of the activity log: a change or an action that succeeded. */
export interface Activity {
  /** ms since 1970. */
  readonly at: number;
  /** Such as `Microsoft.EventHub/namespaces/write`. */
  readonly operation: string;
  readonly resourceId: string;
  /** Object id of the caller. */
  readonly caller: string;
}

/** A person, group, application or service principal of the directory. */
export interface DirectoryObject {
  /** Lower-case GUID. */
  readonly id: string;
  readonly kind: "user" | "group" | "servicePrincipal" | "application";
  /** By their names in Microsoft Graph; a missing one has its default. */
  readonly properties: Record<string, unknown>;
  /** Object ids. */
  owners: string[];
  /** Applications only. */
  federatedCredentials?: FederatedCredential[];
}

export interface FederatedCredential {
  readonly id: string;
  name: string;
  issuer: string;
  subject: string;
  audiences: string[];
  description: string | null;
}

export interface State {
  /** By lower-case id. */
  resources: Record<string, Resource>;
  /** By id. Absent: as the example tenant begins. */
  directory?: Record<string, DirectoryObject>;
  /** By the namespace's declared name. */
  registrations: Record<string, Registration>;
  faults: Fault[];
  /** What Azure does now and then, and how long. Absent: nothing of it. */
  conditions?: Conditions;
  /** Deleted resources of which something may stay for a while; absent: none. */
  gone?: (Pick<Resource, "id" | "type" | "name" | "body"> & {
    /** When it was deleted, ms since 1970. */
    readonly at: number;
  })[];
  /** Absent: nothing was counted yet. */
  samples?: Sample[];
  /** Oldest first; absent: nothing was done yet. */
  activities?: Activity[];
  /** Signs access tokens, so that those from before a restart remain valid. */
  signingKey: string;
  /** Signs the ID tokens of other issuers (PEM). Absent: none was asked for yet. */
  idTokenKey?: string;
}

/** How long Azure takes, in milliseconds. */
export interface Timings {
  /** A namespace from Created or Updating to Succeeded. Azure: about 50 s. */
  readonly provisioning: number;
  /** The deletion of a namespace or a resource group. Azure: about 30 s. */
  readonly deletion: number;
  /** A provider from Registering to Registered. Azure: a minute or more. */
  readonly registration: number;
  /** A role assignment until the data planes apply it. Azure: up to some minutes. */
  readonly roleEffect: number;
  /** A change of a storage account until Defender for Storage has its rule there again. Azure: not known. */
  readonly scannerRule: number;
}

export const defaultTimings: Timings = {
  provisioning: 400,
  deletion: 300,
  registration: 1500,
  roleEffect: 500,
  scannerRule: 500,
};

/** What every handler works on. */
export interface World {
  readonly state: State;
  readonly now: () => number;
  readonly timings: Timings;
}

/** The state's file. It is replaced as a whole, so that a killed server leaves no half of it behind. */
export class StateFile {
  readonly state: State;
  readonly #path: string;
  #written: string;

  constructor(path: string, fresh: () => State) {
    this.#path = path;
    const text = readIfThere(path);
    this.state = text === undefined ? fresh() : (JSON.parse(text) as State);
    this.#written = text ?? "";
  }

  /** Writes the state if it has changed since it was last written. */
  save(): void {
    const text = JSON.stringify(this.state, null, 1);
    if (text === this.#written) return;
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.new`, text, { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
    this.#written = text;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
