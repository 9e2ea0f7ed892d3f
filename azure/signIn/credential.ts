import type { TokenCredential } from "@azure/identity";
import { readFile } from "node:fs/promises";
import { sender } from "../requests.ts";
import { pemOf } from "./pkcs12.ts";
import { type OidcToken, type SignIn, SignInError } from "./signIn.ts";

/** Where to sign in. */
export interface Authority {
  readonly authorityHost: string;
  readonly disableInstanceDiscovery: boolean;
}

/** @throws SignInError when the certificate cannot be read */
export async function credentialFor(signIn: SignIn, authority: Authority): Promise<TokenCredential> {
  const identity = await import("@azure/identity");
  switch (signIn.method) {
    case "default":
      return new identity.DefaultAzureCredential({ ...authority, tenantId: signIn.tenantId });
    case "certificate": {
      const { tenantId, clientId } = signIn;
      return new identity.ClientCertificateCredential(
        tenantId,
        clientId,
        await certificateIn(signIn),
        authority,
      );
    }
    case "secret":
      return new identity.ClientSecretCredential(signIn.tenantId, signIn.clientId, signIn.secret, authority);
    case "oidc": {
      const { tenantId, clientId, token } = signIn;
      return new identity.ClientAssertionCredential(tenantId, clientId, () => oidcToken(token), authority);
    }
    case "managedIdentity":
      return signIn.clientId
        ? new identity.ManagedIdentityCredential({ clientId: signIn.clientId })
        : new identity.ManagedIdentityCredential();
    case "cli":
      return new identity.AzureCliCredential({
        ...(signIn.tenantId && { tenantId: signIn.tenantId }),
        ...(signIn.subscription && { subscription: signIn.subscription }),
      });
  }
}

async function certificateIn({ path, password }: Extract<SignIn, { method: "certificate" }>) {
  try {
    const file = await readFile(path);
    return file.includes("-----BEGIN")
      ? { certificate: file.toString(), certificatePassword: password }
      : { certificate: pemOf(file, password) };
  } catch (error) {
    throw new SignInError(
      `The certificate in ${path} cannot be read: ${(error as Error).message.replace(/\.?$/, ".")} It must be PEM or PKCS#12, with its private key. ` +
        "To convert an old PKCS#12 file to PEM: openssl pkcs12 -legacy -nodes -in <file> -out <PEM file>",
    );
  }
}

/** Asked for each exchange: the token in a file changes. */
async function oidcToken(token: OidcToken): Promise<string> {
  if ("given" in token) return token.given;
  if ("file" in token) return (await readFile(token.file, "utf8")).trim();
  const address = new URL(token.url);
  address.searchParams.set("audience", token.audience);
  const send = await sender(address.origin);
  const headers = { authorization: `Bearer ${token.bearer}` };
  return (await send<{ value: string }>("get", address.href, { headers })).value;
}
