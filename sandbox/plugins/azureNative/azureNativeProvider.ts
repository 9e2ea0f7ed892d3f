import type { Account } from "../account.ts";
import { Unfinished, type ArmClient } from "./armClient.ts";
import { ArmError } from "./armError.ts";
import {
  isDefaultResponse,
  previewedOutputs,
  toBody,
  toOutputs,
  unsetChildren,
  withChildrenOf,
} from "./body.ts";
import { failures, named, wantsLocation } from "./check.ts";
import type { CustomResource } from "./customResource.ts";
import { difference } from "./diff.ts";
import { filled } from "./path.ts";
import { isUnknown, unknown, type Properties, type Value } from "../properties.ts";
import * as provider from "../provider.ts";
import { importedInputs, refreshedInputs } from "./refresh.ts";
import type { ResourceType } from "./resourceType.ts";
import { functionOf, resourceTypeOf } from "./tokens.ts";

const twoHours = 2 * 60 * 60;

/**
 * Does what azure-native 3 does with the resource types of the table (docs/sandbox-providers.md lists the behaviors and
 * where upstream has them).
 */
export class AzureNativeProvider implements provider.Provider {
  readonly version: string;
  readonly #accountOf: (config: Readonly<Record<string, string>>) => Account;
  readonly #groupLocations = new Map<string, string>();
  readonly #canceled = new AbortController();
  #config: Readonly<Record<string, string>> = {};
  #account: Account | undefined;

  /** @param accountOf who the provider is, from its settings */
  constructor(version: string, accountOf: (config: Readonly<Record<string, string>>) => Account) {
    this.version = version;
    this.#accountOf = accountOf;
  }

  configure(config: Readonly<Record<string, string>>): void {
    this.#config = config;
    this.#account = this.#accountOf(config);
  }

  async check(request: provider.CheckRequest): Promise<{ inputs: Properties; failures: string[] }> {
    const type = resourceTypeOf(request.type);
    const { oldInputs, seed, autonaming } = request;
    const logicalName = request.urn.split("::").at(-1) ?? "";
    const inputs = {
      ...named(type, request.newInputs, oldInputs, {
        logicalName,
        seed,
        ...(autonaming ? { autonaming } : {}),
      }),
    };
    if (wantsLocation(type, inputs)) {
      const location = oldInputs["location"] ?? (await this.#defaultLocation(inputs["resourceGroupName"]));
      if (location !== undefined) inputs["location"] = location;
    }
    inputs["azureApiVersion"] ??= type.apiVersion;
    return { inputs, failures: failures(type, inputs) };
  }

  diff(request: provider.DiffRequest): provider.DiffResponse {
    const type = resourceTypeOf(request.type);
    return difference(type, request.oldInputs, request.newInputs, request.oldOutputs);
  }

  async create(request: provider.CreateRequest): Promise<{ id: string; outputs: Properties }> {
    const type = resourceTypeOf(request.type);
    const { inputs } = request;
    if (request.preview) return { id: "", outputs: previewedOutputs(type.shape, inputs) };

    const signal = this.#signal(request.timeout);
    const arm = await this.#arm();
    const id = this.#idOf(type, inputs);
    if (type.custom) return { id, outputs: await createCustom(type.custom, arm, type, id, inputs, signal) };
    const { defaultBody, singleton = false } = type;
    await inTime(() =>
      arm.canCreate(
        id,
        type.apiVersion,
        {
          singleton,
          ...(defaultBody
            ? { isDefault: (response) => isDefaultResponse(type.shape, response, defaultBody) }
            : {}),
        },
        signal,
      ),
    );
    const body = withChildrenOf(type.shape, toBody(type.shape, inputs), undefined);
    const response = await this.#put(arm, type, id, inputs, body, signal);
    const azureId = typeof response["id"] === "string" ? response["id"] : id;
    return { id: azureId, outputs: await this.#outputsAfter("Create", arm, type, azureId, response, signal) };
  }

  async read(
    request: provider.ReadRequest,
  ): Promise<{ id: string; inputs: Properties; outputs: Properties } | undefined> {
    const type = resourceTypeOf(request.type);
    const { id, oldInputs, oldOutputs } = request;
    const arm = await this.#arm();
    try {
      const response = type.custom
        ? await type.custom.find(arm, oldInputs ?? {}, this.#canceled.signal)
        : await arm.get(id, type.apiVersion, this.#canceled.signal);
      if (!response) return undefined;
      const outputs = outputsOf(type, response);
      const inputs = oldInputs
        ? refreshedInputs(type, oldInputs, oldOutputs, outputs)
        : importedInputs(type, id, response);
      return { id, inputs, outputs };
    } catch (error) {
      if (error instanceof ArmError && error.status === 404) return undefined;
      throw error;
    }
  }

  async update(request: provider.UpdateRequest): Promise<Properties> {
    const type = resourceTypeOf(request.type);
    const { oldOutputs } = request;
    if (request.preview) {
      const { name, location } = oldOutputs;
      return {
        ...previewedOutputs(type.shape, request.newInputs),
        ...(name === undefined ? {} : { name }),
        ...(location === undefined ? {} : { location }),
      };
    }

    const reset = Object.entries(type.defaults ?? {}).filter(([name]) => oldOutputs[name] !== undefined);
    const inputs = { ...Object.fromEntries(reset), ...request.newInputs };
    const signal = this.#signal(request.timeout);
    const arm = await this.#arm();
    const id = this.#idOf(type, inputs);
    let body = toBody(type.shape, inputs, request.oldInputs);
    if (unsetChildren(type.shape, body).length > 0) {
      body = withChildrenOf(type.shape, body, await inTime(() => arm.get(id, type.apiVersion, signal)));
    }
    const response = await this.#put(arm, type, id, inputs, body, signal);
    return this.#outputsAfter("Update", arm, type, id, response, signal);
  }

  async delete(request: provider.DeleteRequest): Promise<void> {
    const type = resourceTypeOf(request.type);
    const { id } = request;
    const signal = this.#signal(request.timeout);
    const arm = await this.#arm();
    const { custom } = type;
    if (custom) {
      await inTime(() => custom.delete(arm, request.oldOutputs, signal));
      return;
    }
    if (!type.singleton) {
      await inTime(() => arm.delete(id, type.apiVersion, Boolean(type.longRunning?.delete), signal));
      return;
    }
    const body = toBody(type.shape, type.defaultBody ?? {});
    await inTime(() => arm.put(id, type.apiVersion, body, Boolean(type.longRunning?.put), signal));
  }

  async invoke(token: string, inputs: Properties): Promise<Properties> {
    if (token === "azure-native:authorization:getClientConfig")
      return { ...(await this.#signedIn().clientConfig()) };
    const invocable = functionOf(token);
    const { path, apiVersion } = "action" in invocable ? invocable.action : invocable.getterOf;
    const arm = await this.#arm();
    const id = this.#fill(path, inputs);
    try {
      if ("action" in invocable) return await arm.post(id, apiVersion, {}, this.#canceled.signal);
      const response = await arm.get(id, apiVersion, this.#canceled.signal);
      return {
        ...outputsOf(invocable.getterOf, response),
        ...(response["id"] === undefined ? {} : { id: response["id"] }),
      };
    } catch (error) {
      throw new Error(`request failed ${id}: ${messageOf(error)}`, { cause: error });
    }
  }

  cancel(): void {
    this.#canceled.abort();
  }

  async #put(
    arm: ArmClient,
    type: ResourceType,
    id: string,
    inputs: Properties,
    body: Properties,
    signal: AbortSignal,
  ): Promise<Properties> {
    try {
      return await inTime(() => arm.put(id, type.apiVersion, body, Boolean(type.longRunning?.put), signal));
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      try {
        const live = await arm.get(id, type.apiVersion);
        throw new provider.PartialFailure(error.message, { id, inputs, outputs: outputsOf(type, live) });
      } catch (readError) {
        if (readError instanceof provider.PartialFailure) throw readError;
        const message = `resource created but read failed ${messageOf(readError)}: ${error.message}`;
        throw new provider.PartialFailure(message, { id, inputs, outputs: {} });
      }
    }
  }

  /** The resource is read again after a PUT, so that state holds what later refreshes will see. */
  async #outputsAfter(
    operation: string,
    arm: ArmClient,
    type: ResourceType,
    id: string,
    response: Properties,
    signal: AbortSignal,
  ): Promise<Properties> {
    try {
      return outputsOf(type, await arm.get(id, type.apiVersion, signal));
    } catch (error) {
      process.stderr.write(`Failed to read resource after ${operation}: ${messageOf(error)}\n`);
      return outputsOf(type, response);
    }
  }

  async #defaultLocation(group: Value | undefined): Promise<string | undefined> {
    const configured = this.#config["location"];
    if (configured) return configured;
    if (typeof group !== "string") return undefined;
    if (isUnknown(group)) return unknown;
    const cached = this.#groupLocations.get(group);
    if (cached) return cached;
    try {
      const arm = await this.#arm();
      const id = `/subscriptions/${this.#signedIn().subscriptionId}/resourceGroups/${group}`;
      const { location } = await arm.get(id, "2020-10-01", this.#canceled.signal);
      if (typeof location === "string") this.#groupLocations.set(group, location);
      return typeof location === "string" ? location : undefined;
    } catch {
      // Then the check of required properties, or ARM, reports the missing location.
      return undefined;
    }
  }

  #idOf(type: ResourceType, inputs: Properties): string {
    return this.#fill(type.path, inputs);
  }

  #fill(path: string, inputs: Properties): string {
    return filled(path, { subscriptionId: this.#signedIn().subscriptionId, ...inputs });
  }

  #arm(): Promise<ArmClient> {
    return this.#signedIn().arm();
  }

  #signedIn(): Account {
    if (!this.#account) throw new Error("azure-native was not configured");
    return this.#account;
  }

  #signal(timeoutSeconds: number): AbortSignal {
    return AbortSignal.any([this.#canceled.signal, AbortSignal.timeout((timeoutSeconds || twoHours) * 1000)]);
  }
}

/** As upstream's customCreate: an existing resource for the inputs is an error. */
async function createCustom(
  custom: CustomResource,
  arm: ArmClient,
  type: ResourceType,
  id: string,
  inputs: Properties,
  signal: AbortSignal,
): Promise<Properties> {
  return inTime(async () => {
    if (await custom.find(arm, inputs, signal)) {
      throw new Error(`cannot create already existing resource "${id}"`);
    }
    return outputsOf(type, await custom.create(arm, inputs, signal));
  });
}

const outputsOf = (type: ResourceType, response: Properties): Properties => ({
  ...toOutputs(type.shape, response),
  azureApiVersion: type.apiVersion,
});

async function inTime<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { cause } = error instanceof Unfinished ? error : { cause: error };
    const timedOut =
      cause instanceof Error &&
      (cause.name === "TimeoutError" ||
        (cause.cause instanceof Error && cause.cause.name === "TimeoutError"));
    if (!timedOut) throw error;
    const message = new Error("operation timed out");
    throw error instanceof Unfinished ? new Unfinished(message) : message;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
