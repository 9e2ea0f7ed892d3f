import { randomUUID } from "node:crypto";

import type { Answer, Request } from "./http.ts";
import { query } from "./http.ts";
import type { World } from "./state.ts";
import { clientSecret, deployer, principals, restrictedDeployer, tenantDomain, tenantId } from "./tenant.ts";
import { issueToken, tokenLifetime } from "./tokens.ts";

const discovery = /^\/common\/discovery\/instance$/i;
const ofTenant = /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|oauth2\/v2\.0\/token)$/i;

/** Whether a path is one of sign-in's. */
export const isSignIn = (path: string) => discovery.test(path) || ofTenant.test(path);

/**
 * Microsoft Entra's sign-in as far as an application with a client secret needs it: OpenID configuration,
 * instance discovery and the token endpoint. Undefined: the path is not one of sign-in.
 */
export function login(world: World, request: Request): Answer | undefined {
  const path = request.url.pathname;
  if (discovery.test(path)) return instanceDiscovery(request);
  const [, tenant, endpoint] = ofTenant.exec(path) ?? [];
  if (tenant === undefined || endpoint === undefined) return undefined;
  if (![tenantId, tenantDomain].includes(tenant.toLowerCase())) return unknownTenant(tenant);
  if (endpoint.toLowerCase() !== "oauth2/v2.0/token")
    return { status: 200, body: openIdConfiguration(request.url.origin) };
  return request.method === "POST" ? token(world, request) : { status: 405 };
}

function token(world: World, request: Request): Answer {
  const form = new URLSearchParams(request.text);
  const grant = form.get("grant_type");
  const clientId = form.get("client_id") ?? "";
  const secret = form.get("client_secret");
  const scope = form.get("scope");
  if (grant === null) return missing("grant_type");
  if (grant !== "client_credentials") {
    return refusal(
      400,
      "unsupported_grant_type",
      70003,
      `The app requested an unsupported grant type '${grant}'.`,
    );
  }
  if (scope === null) return missing("scope");
  const application = principals.find((p) => p.appId?.toLowerCase() === clientId.toLowerCase());
  if (!application) {
    return refusal(
      400,
      "unauthorized_client",
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. This can happen if the application has not been installed by the administrator of the tenant.`,
    );
  }
  const signsIn = [deployer, restrictedDeployer].find(({ appId }) => appId === application.appId);
  if (!signsIn || secret !== clientSecret) {
    return refusal(
      401,
      "invalid_client",
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    );
  }
  const [first = ""] = scope.split(" ");
  if (!first.endsWith("/.default")) {
    return refusal(
      400,
      "invalid_scope",
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  return {
    status: 200,
    body: {
      token_type: "Bearer",
      expires_in: tokenLifetime,
      ext_expires_in: tokenLifetime,
      access_token: issueToken(world, request.url.origin, first.slice(0, -"/.default".length), signsIn),
    },
  };
}

function openIdConfiguration(origin: string): unknown {
  return {
    token_endpoint: `${origin}/${tenantId}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post"],
    jwks_uri: `${origin}/${tenantId}/discovery/v2.0/keys`,
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: `${origin}/${tenantId}/v2.0`,
    authorization_endpoint: `${origin}/${tenantId}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${origin}/${tenantId}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${origin}/${tenantId}/oauth2/v2.0/logout`,
    tenant_region_scope: "EU",
    cloud_instance_name: new URL(origin).host,
    msgraph_host: new URL(origin).host,
  };
}

function instanceDiscovery({ url }: Request): Answer {
  const asked = query(url, "authorization_endpoint");
  return {
    status: 200,
    body: {
      tenant_discovery_endpoint: asked
        ? asked.replace(/oauth2\/v2\.0\/authorize.*$/, "v2.0/.well-known/openid-configuration")
        : `${url.origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: url.host, preferred_cache: url.host, aliases: [url.host] }],
    },
  };
}

function unknownTenant(tenant: string): Answer {
  return refusal(
    400,
    "invalid_request",
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
}

function missing(parameter: string): Answer {
  return refusal(
    400,
    "invalid_request",
    900144,
    `The request body must contain the following parameter: '${parameter}'.`,
  );
}

function refusal(status: number, error: string, code: number, message: string): Answer {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace("T", " ")}Z`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${String(code)}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
    },
  };
}
