import { directoryObjects } from "../graph/directory.ts";
import type { Answer, Request } from "../http.ts";
import { query } from "../http.ts";
import type { World } from "../state.ts";
import {
  clientSecret,
  deployer,
  deployerElsewhere,
  restrictedDeployer,
  tenantDomain,
  tenantId,
} from "../tenant.ts";
import { assertionProblem } from "./clientAssertion.ts";
import { invalidClient, refusal } from "./refusal.ts";
import { type Caller, issueToken, tokenLifetime } from "./tokens.ts";

const discovery = /^\/common\/discovery\/instance$/i;
const ofTenant = /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|oauth2\/v2\.0\/token)$/i;

/** Whether a path is one of sign-in's. */
export const isLogin = (path: string) => discovery.test(path) || ofTenant.test(path);

/**
 * Microsoft Entra's sign-in as far as an application needs it that has a client secret, a certificate or an assertion of somebody whom
 * it trusts: OpenID configuration, instance discovery and the token endpoint. Undefined: the path is not one of sign-in.
 */
export function login(world: World, request: Request): Answer | undefined {
  const path = request.url.pathname;
  if (discovery.test(path)) return instanceDiscovery(request);
  const [, tenant, endpoint] = ofTenant.exec(path) ?? [];
  if (tenant === undefined || endpoint === undefined) return undefined;
  const asked = tenant.toLowerCase() === tenantDomain ? tenantId : tenant.toLowerCase();
  if (![tenantId, deployerElsewhere.tenantId].includes(asked)) return unknownTenant(tenant);
  if (endpoint.toLowerCase() !== "oauth2/v2.0/token")
    return { status: 200, body: openIdConfiguration(request.url.origin, asked) };
  return request.method === "POST" ? token(world, request, asked) : { status: 405 };
}

function token(world: World, request: Request, tenant: string): Answer {
  const form = new URLSearchParams(request.text);
  const grant = form.get("grant_type");
  const clientId = form.get("client_id") ?? "";
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
  const caller = servicePrincipal(world, clientId, tenant);
  if (!caller) {
    return refusal(
      400,
      "unauthorized_client",
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant.`,
    );
  }
  const { origin } = request.url;
  const problem = clientProblem(world, form, caller.appId, [
    `${origin}/${tenant}/oauth2/v2.0/token`,
    `${origin}/${tenant}/v2.0`,
  ]);
  if (problem) return problem;
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
      access_token: issueToken(world, origin, first.slice(0, -"/.default".length), caller),
    },
  };
}

/** An application as a tenant knows it. */
function servicePrincipal(world: World, clientId: string, tenant: string): Caller | undefined {
  const isIt = (appId: unknown) => String(appId).toLowerCase() === clientId.toLowerCase();
  if (tenant === deployerElsewhere.tenantId) {
    return isIt(deployerElsewhere.appId) ? deployerElsewhere : undefined;
  }
  const principal = directoryObjects(world).find(
    ({ kind, properties }) =>
      kind === "servicePrincipal" &&
      properties["servicePrincipalType"] !== "ManagedIdentity" &&
      isIt(properties["appId"]),
  );
  return principal && { appId: String(principal.properties["appId"]), objectId: principal.id, tenantId };
}

/** Why the client has not proved who it is; undefined: it has. */
function clientProblem(
  world: World,
  form: URLSearchParams,
  appId: string,
  audiences: readonly string[],
): Answer | undefined {
  const [assertion, secret] = [form.get("client_assertion"), form.get("client_secret")];
  if (assertion !== null) return assertionProblem(world, { appId, assertion, audiences });
  if (secret === null) {
    return invalidClient(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const hasSecret = [deployer, restrictedDeployer].some((one) => one.appId === appId);
  return hasSecret && secret === clientSecret
    ? undefined
    : invalidClient(
        7000215,
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
      );
}

function openIdConfiguration(origin: string, tenant: string): unknown {
  return {
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: `${origin}/${tenant}/v2.0`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${origin}/${tenant}/oauth2/v2.0/logout`,
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
