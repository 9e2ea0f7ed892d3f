import { application } from "./application.ts";
import { applicationPassword } from "./applicationPassword.ts";
import type { BridgedType } from "./bridgedType.ts";
import { federatedIdentityCredential } from "./federatedIdentityCredential.ts";
import { servicePrincipal } from "./servicePrincipal.ts";

const types: Readonly<Record<string, BridgedType>> = {
  "azuread:index/application:Application": application,
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential":
    federatedIdentityCredential,
  "azuread:index/applicationPassword:ApplicationPassword": applicationPassword,
  "azuread:index/servicePrincipal:ServicePrincipal": servicePrincipal,
};

/** @throws Error for a type without a row: the stand-in knows what this project uses */
export function typeOf(token: string): BridgedType {
  const type = types[token];
  if (type) return type;
  throw new Error(
    `the sandbox's stand-in for azuread does not know ${token}: write it in sandbox/plugins/azuread/types.ts`,
  );
}
