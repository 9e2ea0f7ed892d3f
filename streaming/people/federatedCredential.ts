import { type Cloud, clouds } from "../cloud/clouds.ts";
import type { TokenClaims } from "../outputs.ts";

/**
 * The tokens that an application may sign in with: `issuer` and `subject`, or `kubernetes` for a service account of a cluster
 * (workload-identity-federation-considerations.md, MicrosoftDocs/entra-docs).
 */
export interface FederatedCredential {
  /** The `iss` claim of the tokens, an https address. */
  readonly issuer?: string | undefined;
  /** Their `sub` claim. It must match exactly. */
  readonly subject?: string | undefined;
  /** Their `aud` claim. Default: the one that Entra ID recommends in the cloud, `api://AzureADTokenExchange` in the public one. */
  readonly audience?: string | undefined;
  readonly kubernetes?: KubernetesServiceAccount | undefined;
}

/** A Kubernetes service account whose pods sign in as the application. */
export interface KubernetesServiceAccount {
  /** The cluster's OIDC issuer, an https address. */
  readonly issuer: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** The claims that a credential requires. */
export function claimsOf(credential: FederatedCredential, cloud: Cloud): TokenClaims {
  const { kubernetes, issuer = "", subject = "" } = credential;
  const audience = credential.audience ?? clouds[cloud].tokenExchangeAudience;
  if (!kubernetes) return { issuer, subject, audience };
  const { namespace, serviceAccount } = kubernetes;
  return {
    issuer: kubernetes.issuer,
    subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
    audience,
  };
}
