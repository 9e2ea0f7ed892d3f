import type { AzureConnection } from "../connection.ts";
import { SignInError } from "./signIn.ts";

/** Claims of a Microsoft Entra token about its holder (access-token-claims-reference.md, MicrosoftDocs/entra-docs). */
export interface Claims {
  readonly oid: string;
  readonly tid: string;
  readonly appid?: string;
  readonly idtyp?: string;
  readonly scp?: string;
  readonly upn?: string;
  readonly unique_name?: string;
  readonly roles?: readonly string[];
}

/** Who is signed in, as an audience gets to know. */
export async function claimsFor(
  { credential }: Pick<AzureConnection, "credential">,
  audience: string,
): Promise<Claims> {
  const token = await credential.getToken(`${audience}/.default`);
  if (!token) throw new SignInError("The sign-in to Azure returned no token.");
  return JSON.parse(Buffer.from(token.token.split(".")[1] ?? "", "base64url").toString()) as Claims;
}
