import { type SignInSettings, waysToSet } from "./keys.ts";

/** How to sign in. */
export type SignIn =
  | { readonly method: "default"; readonly tenantId: string | undefined }
  | (Application & {
      readonly method: "certificate";
      readonly path: string;
      readonly password: string | undefined;
    })
  | (Application & { readonly method: "secret"; readonly secret: string })
  | (Application & { readonly method: "oidc"; readonly token: OidcToken })
  | { readonly method: "managedIdentity"; readonly clientId: string | undefined }
  | {
      readonly method: "cli";
      readonly tenantId: string | undefined;
      readonly subscription: string | undefined;
    };

interface Application {
  readonly tenantId: string;
  readonly clientId: string;
}

/** The token that an application signs in with: given, in a file, or from the service of a pipeline. */
export type OidcToken =
  | { readonly given: string }
  | { readonly file: string }
  | { readonly url: string; readonly bearer: string; readonly audience: string };

/** A sentence for the person who gave the settings. Pulumi shows it without a stack trace. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  readonly __pulumiRunError = true;
}

/**
 * The sign-in that azure-native chooses, in its order (pulumi/pulumi-azure-native `provider/pkg/provider/auth_azidentity.go`
 * newSingleMethodAuthCredential, newOidcCredential): a method that is set and incomplete is an error, and no other is tried.
 *
 * @throws SignInError
 */
export function signInOf(settings: SignInSettings): SignIn {
  const { tenantId, clientId, clientSecret, clientCertificatePath, subscriptionId } = settings;
  if (settings.useDefaultAzureCredential === "true") return { method: "default", tenantId };
  if (clientCertificatePath) {
    const password = settings.clientCertificatePassword;
    const application = applicationIn(settings, "a client certificate");
    return { method: "certificate", ...application, path: clientCertificatePath, password };
  }
  if (clientSecret) {
    return { method: "secret", ...applicationIn(settings, "a client secret"), secret: clientSecret };
  }
  if (settings.useOidc === "true") {
    return { method: "oidc", ...applicationIn(settings, "OIDC"), token: oidcTokenIn(settings) };
  }
  if (settings.useMsi === "true") return { method: "managedIdentity", clientId };
  return { method: "cli", tenantId, subscription: subscriptionId };
}

function applicationIn({ tenantId, clientId }: SignInSettings, what: string): Application {
  if (!tenantId)
    throw new SignInError(`The sign-in with ${what} needs a tenant: set ${waysToSet("tenantId")}.`);
  if (!clientId) {
    throw new SignInError(`The sign-in with ${what} needs a client id: set ${waysToSet("clientId")}.`);
  }
  return { tenantId, clientId };
}

function oidcTokenIn(settings: SignInSettings): OidcToken {
  const { oidcToken, oidcTokenFilePath, oidcRequestUrl: url, oidcRequestToken: bearer } = settings;
  if (oidcToken) return { given: oidcToken };
  if (oidcTokenFilePath) return { file: oidcTokenFilePath };
  // The audience of the public cloud, in every cloud.
  if (url && bearer) return { url, bearer, audience: settings.oidcAudience ?? "api://AzureADTokenExchange" };
  throw new SignInError(
    "ARM_USE_OIDC is true and there is no token: set ARM_OIDC_TOKEN or ARM_OIDC_TOKEN_FILE_PATH, or give the " +
      "workflow the permission `id-token: write`.",
  );
}
