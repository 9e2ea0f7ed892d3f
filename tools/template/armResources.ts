import type { ArmResource } from "../../streaming/benchmarks/rule.ts";

/** A line of a log of requests to Resource Manager, as far as it is needed here. */
export interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly requestBody?: unknown;
}

/** A resource with the api-version that it was put with. */
export type PutResource = ArmResource & { readonly apiVersion: string };

/** What a log of requests put into Azure and did not delete again, each as it was put last. */
export function resourcesIn(requests: readonly LoggedRequest[]): PutResource[] {
  const resources = new Map<string, PutResource>();
  for (const { method, url, status, requestBody } of requests) {
    if (status < 200 || status >= 300) continue;
    const { pathname, searchParams } = new URL(url, "https://azure");
    const id = decodeURIComponent(pathname);
    if (method === "DELETE") {
      const gone = `${id}/`.toLowerCase();
      for (const key of resources.keys()) if (`${key}/`.startsWith(gone)) resources.delete(key);
    }
    const place = method === "PUT" ? placeOf(id) : undefined;
    if (!place) continue;
    const { properties = {}, ...envelope } = (requestBody ?? {}) as { properties?: Record<string, unknown> };
    const apiVersion = searchParams.get("api-version") ?? "";
    resources.set(id.toLowerCase(), { ...envelope, ...place, id, apiVersion, properties });
  }
  return [...resources.values()];
}

/** `…/providers/Microsoft.EventHub/namespaces/n/eventhubs/h` → its type, and the last part of its name. */
function placeOf(id: string): { type: string; name: string } | undefined {
  const [, path] = /^.*\/providers\/([^/]+\/.+)$/i.exec(id) ?? [];
  const [provider = "", ...segments] = path?.split("/") ?? [];
  if (segments.length === 0 || segments.length % 2 === 1) return undefined;
  const types = segments.filter((_, index) => index % 2 === 0);
  return { type: [provider, ...types].join("/"), name: segments.at(-1) ?? "" };
}

/** The resources as a template of Resource Manager, for scanners that read such. */
export function templateOf(resources: readonly PutResource[]): object {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources: resources.map(({ id, ...resource }) => ({ ...resource, name: wholeName(id) })),
  };
}

/** A nested resource's name in a template has the names of all above it: `namespace/hub`. */
function wholeName(id: string): string {
  const [, path = ""] = /^.*\/providers\/[^/]+\/(.+)$/i.exec(id) ?? [];
  return path
    .split("/")
    .filter((_, index) => index % 2 === 1)
    .join("/");
}
