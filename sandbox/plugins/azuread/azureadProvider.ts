import type { DirectoryAccount } from "../account.ts";
import { unknown, type Properties } from "../properties.ts";
import * as provider from "../provider.ts";
import type { BridgedType, Directory } from "./bridgedType.ts";
import { failures, withDefaults } from "./check.ts";
import { difference } from "./diff.ts";
import { typeOf } from "./types.ts";

/**
 * Does what azuread 6 does with the resource types of `types.ts`: hashicorp/terraform-provider-azuread 3 behind Pulumi's bridge
 * (docs/sandbox-providers.md lists the behaviors).
 */
export class AzureadProvider implements provider.Provider {
  readonly version: string;
  readonly #accountOf: (config: Readonly<Record<string, string>>) => DirectoryAccount;
  #account: DirectoryAccount | undefined;

  /** @param accountOf who the provider is, from its settings */
  constructor(version: string, accountOf: (config: Readonly<Record<string, string>>) => DirectoryAccount) {
    this.version = version;
    this.#accountOf = accountOf;
  }

  configure(config: Readonly<Record<string, string>>): void {
    this.#account = this.#accountOf(config);
  }

  check(request: provider.CheckRequest): Promise<{ inputs: Properties; failures: string[] }> {
    const type = typeOf(request.type);
    const inputs = withDefaults(type, request.newInputs);
    return Promise.resolve({ inputs, failures: failures(type, inputs) });
  }

  diff(request: provider.DiffRequest): provider.DiffResponse {
    return difference(typeOf(request.type), request.newInputs, request.oldOutputs);
  }

  async create(request: provider.CreateRequest): Promise<{ id: string; outputs: Properties }> {
    const type = typeOf(request.type);
    const { inputs, urn } = request;
    if (request.preview) return { id: "", outputs: { ...inputs, ...unknowns(type) } };
    const { graph, callerId } = await this.#directory();
    const directory = { graph: graph.creating(), callerId };
    return inWords(`creating ${urn}`, async () => {
      const { id, outputs = {} } = await type.create(directory, inputs);
      const read = await type.read(directory, id, { ...inputs, ...outputs });
      return { id, outputs: { ...inputs, ...outputs, ...read } };
    });
  }

  async read(
    request: provider.ReadRequest,
  ): Promise<{ id: string; inputs: Properties; outputs: Properties } | undefined> {
    const type = typeOf(request.type);
    const { id, oldInputs, oldOutputs } = request;
    const outputs = await type.read(await this.#directory(), id, oldOutputs);
    if (!outputs) return undefined;
    return { id, inputs: inputsIn(type, outputs, oldInputs), outputs };
  }

  async update(request: provider.UpdateRequest): Promise<Properties> {
    const type = typeOf(request.type);
    const { id, newInputs, oldOutputs, urn } = request;
    if (request.preview) return { ...oldOutputs, ...newInputs };
    const directory = await this.#directory();
    return inWords(`updating ${urn}`, async () => {
      await type.update?.(directory, id, newInputs, oldOutputs);
      return { ...newInputs, ...(await type.read(directory, id, { ...oldOutputs, ...newInputs })) };
    });
  }

  async delete(request: provider.DeleteRequest): Promise<void> {
    const directory = await this.#directory();
    await inWords(`deleting ${request.urn}`, () => typeOf(request.type).delete(directory, request.id));
  }

  async invoke(token: string, _: Properties): Promise<Properties> {
    if (token !== "azuread:index/getClientConfig:getClientConfig") {
      throw new Error(`the sandbox's stand-in for azuread does not know the function ${token}`);
    }
    const { clientId, objectId, tenantId } = await this.#signedIn().clientConfig();
    return { id: `${tenantId}-${clientId}-${objectId}`, clientId, objectId, tenantId };
  }

  cancel(): void {
    // Nothing here takes long enough to be ended.
  }

  async #directory(): Promise<Directory> {
    const account = this.#signedIn();
    const [graph, { objectId }] = await Promise.all([account.graph(), account.clientConfig()]);
    return { graph, callerId: objectId };
  }

  #signedIn(): DirectoryAccount {
    if (!this.#account) throw new Error("azuread was not configured");
    return this.#account;
  }
}

const unknowns = ({ computed }: BridgedType): Properties =>
  Object.fromEntries(computed.map((name) => [name, unknown]));

/** The inputs after a refresh: those in state as they are now; in an import those that hold something. */
function inputsIn(type: BridgedType, outputs: Properties, before: Properties | undefined): Properties {
  const names = Object.keys(type.inputs).filter((name) =>
    before ? before[name] !== undefined : outputs[name] !== undefined && outputs[name] !== "",
  );
  return Object.fromEntries(names.map((name) => [name, outputs[name]]));
}

/** An error as the bridge reports it. */
async function inWords<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${doing}: 1 error occurred:\n\t* ${message}\n\n`, { cause: error });
  }
}
