import { type Cloud, clouds } from "../cloud/clouds.ts";
import type { TokenClaims } from "../outputs.ts";

/**
 * Whose tokens an application may sign in with: either `issuer` and `subject`, or `kubernetes` for the service account of a
 * cluster (workload-identity-federation-considerations.md, MicrosoftDocs/entra-docs).
 */
export interface FederatedCredential {
  /** The `iss` of the tokens, an https address. */
  readonly issuer?: string | undefined;
  /** Their `sub`, letter by letter. */
  readonly subject?: string | undefined;
  /** Their `aud`. Default: what Entra ID recommends in the cloud, `api://AzureADTokenExchange` in the public one. */
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

/** The credential in full. */
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
