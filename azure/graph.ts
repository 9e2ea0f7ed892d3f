import type { Client } from "@azure-rest/core-client";
import type { Cloud } from "../streaming/cloud/clouds.ts";
import { connect } from "./connection.ts";

/** Something in Entra ID, as far as it is read here. */
export interface DirectoryObject {
  /** Its object id, a GUID. */
  readonly id: string;
  /** Such as `#microsoft.graph.user`; where kinds are mixed. */
  readonly "@odata.type"?: string;
  /** Of applications and service principals: the client id. */
  readonly appId?: string;
}

/** Microsoft Graph did not answer the question. */
export class GraphRefusal extends Error {
  /** 403: a permission is missing. Called as in the errors of Azure's SDKs. */
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Microsoft Graph of a cloud, read with the sign-in of the deployment. Nothing is asked before the first question. */
export class Graph {
  readonly #cloud: Cloud | undefined;
  #client: Promise<Client> | undefined;

  /** @param cloud default: what `ARM_ENVIRONMENT` says */
  constructor(cloud?: Cloud) {
    this.#cloud = cloud;
  }

  /**
   * The objects of a collection that have this value.
   *
   * @throws GraphRefusal
   */
  async where(
    collection: "users" | "groups" | "servicePrincipals",
    property: string,
    value: string,
  ): Promise<readonly DirectoryObject[]> {
    const client = await this.#connected();
    const filter = `${property} eq '${value.replaceAll("'", "''")}'`;
    return listed(
      await client
        .pathUnchecked(`/v1.0/${collection}`)
        .get({ queryParameters: { $filter: filter, $select: "id" }, timeout }),
    );
  }

  /**
   * Those of the ids that belong to something.
   *
   * @throws GraphRefusal
   */
  async withIds(ids: readonly string[]): Promise<readonly DirectoryObject[]> {
    const client = await this.#connected();
    return listed(
      await client.pathUnchecked("/v1.0/directoryObjects/getByIds").post({ body: { ids }, timeout }),
    );
  }

  #connected(): Promise<Client> {
    this.#client ??= clientOf(this.#cloud);
    return this.#client;
  }
}

/** Milliseconds: a preview waits no longer for an answer. */
const timeout = 20_000;

async function clientOf(cloud: Cloud | undefined): Promise<Client> {
  const [{ getClient }, { graph, credential }] = await Promise.all([
    import("@azure-rest/core-client"),
    connect(cloud),
  ]);
  return getClient(graph, credential, {
    credentials: { scopes: [`${graph}/.default`] },
    retryOptions: { maxRetries: 2 },
  });
}

function listed({ status, body }: { status: string; body: unknown }): readonly DirectoryObject[] {
  const { value, error } = body as { value?: DirectoryObject[]; error?: { code?: string; message?: string } };
  if (status === "200") return value ?? [];
  throw new GraphRefusal(
    Number(status),
    `${error?.code ?? status}: ${error?.message ?? "no reason was given"}`,
  );
}
