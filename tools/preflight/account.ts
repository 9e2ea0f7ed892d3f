import type { TokenCredential } from "@azure/identity";
import { execFile } from "node:child_process";
import type { AzureConnection } from "../../azure/connection.ts";
import type { PrincipalType } from "../../streaming/people/principals.ts";
import { Failure } from "../failure.ts";

/** The account that is signed in, and the subscription that it deploys to. */
export interface Account {
  readonly subscriptionId: string;
  /** The tenant that is signed in to. */
  readonly tenantId: string;
  readonly objectId: string;
  readonly principalType: PrincipalType;
  /** A user's name, or an application's client id. */
  readonly name: string;
}

/** Claims of a Microsoft Entra token about its holder (access-token-claims-reference.md, MicrosoftDocs/entra-docs). */
interface Claims {
  oid: string;
  tid: string;
  appid?: string;
  idtyp?: string;
  scp?: string;
  upn?: string;
  unique_name?: string;
  roles?: string[];
}

/**
 * @param subscriptionId as the stack's settings have it; else `ARM_SUBSCRIPTION_ID`, else the Azure CLI's.
 * @throws Failure when nobody is signed in, or no subscription is chosen
 */
export async function signedIn(
  { credential, endpoint }: AzureConnection,
  subscriptionId: string | undefined,
): Promise<Account> {
  const claims = await claimsFor(credential, endpoint);
  const isUser = claims.idtyp === "user" || (claims.idtyp === undefined && claims.scp !== undefined);
  return {
    subscriptionId: subscriptionId ?? process.env["ARM_SUBSCRIPTION_ID"] ?? (await subscriptionOfCli()),
    tenantId: claims.tid,
    objectId: claims.oid,
    principalType: isUser ? "User" : "ServicePrincipal",
    name: (isUser ? (claims.upn ?? claims.unique_name) : claims.appid) ?? claims.oid,
  };
}

/** The application permissions of Microsoft Graph that an application has consent for. */
export async function graphPermissionsOf({ credential, graph }: AzureConnection): Promise<readonly string[]> {
  return (await claimsFor(credential, graph)).roles ?? [];
}

async function claimsFor(credential: TokenCredential, audience: string): Promise<Claims> {
  const token = await credential.getToken(`${audience}/.default`);
  if (!token) throw new Failure("The sign-in to Azure returned no token.");
  return JSON.parse(Buffer.from(token.token.split(".")[1] ?? "", "base64url").toString()) as Claims;
}

/** The subscription that `az account set` chose; the azure-native provider takes the same. */
function subscriptionOfCli(): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("az", ["account", "show", "--query", "id", "--output", "tsv"], (error, stdout) => {
      if (!error && stdout.trim() !== "") resolve(stdout.trim());
      else
        reject(
          new Failure(
            "No subscription is chosen. Set ARM_SUBSCRIPTION_ID, or `azure-native:subscriptionId` in the stack file, or run `az account set`.",
          ),
        );
    });
  });
}
