import type { Cloud } from "../streaming/cloud/clouds.ts";
import { connect } from "./connection.ts";
import { connecting, everything, type RequestParts, type Send, sender } from "./requests.ts";

type More = Omit<RequestParts, "body">;

/**
 * Azure Resource Manager. Paths are ARM ids, with or without an action or a list behind them.
 *
 * All throw a Refusal when Azure answers with an error.
 */
export interface Arm {
  get<Answer>(path: string, apiVersion: string, more?: More): Promise<Answer>;
  /** Everything in a collection, over all pages. */
  list<Item>(path: string, apiVersion: string, more?: More): Promise<Item[]>;
  post<Answer>(path: string, apiVersion: string, body?: unknown, more?: More): Promise<Answer>;
  put<Answer>(path: string, apiVersion: string, body: unknown, more?: More): Promise<Answer>;
  patch<Answer>(path: string, apiVersion: string, body: unknown, more?: More): Promise<Answer>;
  delete(path: string, apiVersion: string, more?: More): Promise<unknown>;
}

/** What ARM returns for a resource. */
export interface ArmResource {
  readonly location?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * Azure Resource Manager of a cloud, with the sign-in of the deployment. The first request connects.
 *
 * @param cloud default: what `ARM_ENVIRONMENT` says
 */
export function arm(cloud?: Cloud): Arm {
  return armOver(
    connecting(async () => {
      const { endpoint, credential, audience } = await connect(cloud);
      return sender(endpoint, credential, audience);
    }),
  );
}

export function armOver(send: Send): Arm {
  const parts = (apiVersion: string, { queryParameters, ...more }: RequestParts = {}): RequestParts => ({
    ...more,
    queryParameters: { "api-version": apiVersion, ...queryParameters },
  });
  return {
    get: (path, apiVersion, more) => send("get", path, parts(apiVersion, more)),
    list: (path, apiVersion, more) => everything(send, path, parts(apiVersion, more)),
    post: (path, apiVersion, body, more) => send("post", path, parts(apiVersion, { ...more, body })),
    put: (path, apiVersion, body, more) => send("put", path, parts(apiVersion, { ...more, body })),
    patch: (path, apiVersion, body, more) => send("patch", path, parts(apiVersion, { ...more, body })),
    delete: (path, apiVersion, more) => send("delete", path, parts(apiVersion, more)),
  };
}
