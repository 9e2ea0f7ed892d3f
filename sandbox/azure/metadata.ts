import type { Answer, Request } from "./http.ts";
import { query } from "./http.ts";

const audiences = ["https://management.core.windows.net/", "https://management.azure.com/"];

/**
 * `/metadata/endpoints`: where a client finds sign-in, ARM and Graph of this cloud (`ARM_METADATA_HOSTNAME`).
 * From 2022-09-01 on Azure answers with the one cloud (hashicorp/go-azure-sdk, sdk/internal/metadata/client.go),
 * from 2018-05-01 with a list of clouds, before with the short object that Azure Stack still has.
 */
export function metadata(request: Request): Answer | undefined {
  if (!/^\/metadata\/endpoints\/?$/i.test(request.url.pathname)) return undefined;
  const version = query(request.url, "api-version") ?? "";
  const { origin } = request.url;
  if (version === "1.0" || version < "2018-05-01") return { status: 200, body: shortObject(origin) };
  return { status: 200, body: version < "2022-09-01" ? [cloud(origin)] : cloud(origin) };
}

function shortObject(origin: string): unknown {
  return {
    galleryEndpoint: `${origin}/`,
    graphEndpoint: `${origin}/`,
    portalEndpoint: "https://portal.azure.com/",
    authentication: { loginEndpoint: `${origin}/`, audiences },
  };
}

function cloud(origin: string): unknown {
  return {
    portal: "https://portal.azure.com",
    authentication: { loginEndpoint: origin, audiences, tenant: "common", identityProvider: "AAD" },
    graphAudience: `${origin}/`,
    graph: `${origin}/`,
    name: "AzureCloud",
    suffixes: {
      storage: "core.windows.net",
      keyVaultDns: "vault.azure.net",
      sqlServerHostname: "database.windows.net",
      acrLoginServer: "azurecr.io",
    },
    resourceManager: `${origin}/`,
    microsoftGraphResourceId: `${origin}/`,
  };
}
