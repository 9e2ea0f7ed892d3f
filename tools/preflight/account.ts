import { execFile } from "node:child_process";
import type { AzureConnection } from "../../azure/connection.ts";
import { claimsFor } from "../../azure/signIn/claims.ts";
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

/**
 * @param subscriptionId as the settings of sign-in have it; else the Azure CLI's.
 * @throws Failure when nobody is signed in, or no subscription is chosen
 */
export async function signedIn(
  connection: AzureConnection,
  subscriptionId: string | undefined,
): Promise<Account> {
  const claims = await claimsFor(connection, connection.audience);
  const isUser = claims.idtyp === "user" || (claims.idtyp === undefined && claims.scp !== undefined);
  return {
    subscriptionId: subscriptionId ?? (await subscriptionOfCli()),
    tenantId: claims.tid,
    objectId: claims.oid,
    principalType: isUser ? "User" : "ServicePrincipal",
    name: (isUser ? (claims.upn ?? claims.unique_name) : claims.appid) ?? claims.oid,
  };
}

/** The application permissions of Microsoft Graph that an application has consent for. */
export async function graphPermissionsOf(connection: AzureConnection): Promise<readonly string[]> {
  return (await claimsFor(connection, connection.graph)).roles ?? [];
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
