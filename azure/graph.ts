import type { Cloud } from "../streaming/cloud/clouds.ts";
import { connect } from "./connection.ts";
import { connecting, type Send, sender } from "./requests.ts";

/** Something in Entra ID, as far as it is read here. */
export interface DirectoryObject {
  /** Its object id, a GUID. */
  readonly id: string;
  /** Such as `#microsoft.graph.user`; where kinds are mixed. */
  readonly "@odata.type"?: string;
  /** Of applications and service principals: the client id. */
  readonly appId?: string;
}

/** Microsoft Graph of a cloud, read with the sign-in of the deployment. The first question connects. All throw a Refusal. */
export class Graph {
  readonly #send: Send;

  /** @param cloud default: what `ARM_ENVIRONMENT` says */
  constructor(cloud?: Cloud) {
    this.#send = connecting(async () => {
      const { graph, credential } = await connect(cloud);
      return sender(graph, credential);
    });
  }

  /** The objects in a collection that have this value. */
  where(
    collection: "users" | "groups" | "servicePrincipals",
    property: string,
    value: string,
  ): Promise<readonly DirectoryObject[]> {
    const $filter = `${property} eq '${value.replaceAll("'", "''")}'`;
    return this.#objects("get", collection, { queryParameters: { $filter, $select: "id" } });
  }

  /** Those of the ids that belong to something. */
  withIds(ids: readonly string[]): Promise<readonly DirectoryObject[]> {
    return this.#objects("post", "directoryObjects/getByIds", { body: { ids } });
  }

  async #objects(...[method, path, parts]: Parameters<Send>): Promise<readonly DirectoryObject[]> {
    const { value = [] } = await this.#send<{ value?: DirectoryObject[] }>(method, `/v1.0/${path}`, {
      ...parts,
      timeout,
    });
    return value;
  }
}

/** Milliseconds: a preview waits no longer for an answer. */
const timeout = 20_000;
