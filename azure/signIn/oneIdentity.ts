import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import type { ProviderResource } from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { MistakesError } from "../../streaming/wording/mistakes.ts";
import { connect } from "../connection.ts";
import { type Claims, claimsFor } from "./claims.ts";
import { reasonIn } from "./reason.ts";
import { SignInError } from "./signIn.ts";

/**
 * A deployment acts as one identity. azure-native signs in by itself, and the settings of an explicit provider cannot be read: so who it
 * is gets compared with who looks up, and creates what azure-native cannot.
 *
 * @throws MistakesError when they are two, or when only azure-native can sign in
 * @throws SignInError when nobody can
 */
export async function requireOneIdentity(cloud: Cloud, provider?: ProviderResource): Promise<void> {
  const [native, own] = await Promise.all([
    getClientConfig({ provider }).catch((error: unknown) => ({ error })),
    ownClaims(cloud),
  ]);
  if ("error" in native) {
    throw "reason" in own ? new SignInError(`Not signed in to Azure: ${own.reason}`) : native.error;
  }
  // In a preview, a provider whose settings are not known yet has no answer.
  const { objectId, tenantId } = native as Partial<typeof native>;
  if (!objectId || !tenantId) return;
  if ("oid" in own && same(own.oid, objectId) && same(own.tid, tenantId)) return;
  const other =
    "oid" in own ? `act as ${own.oid} in the tenant ${own.tid}.` : `cannot sign in: ${own.reason}`;
  throw new MistakesError([
    {
      key: provider ? "options.provider" : "azure-native:clientId",
      value: native.clientId,
      rule:
        `azure-native acts as ${objectId} in the tenant ${tenantId}, but look-ups and the resources that azure-native does not have ${other} ` +
        "They read the stack's `azure-native:` settings and the `ARM_` variables, and not what a provider in the program is given.",
      fix:
        "Give one sign-in where both find it: in the `ARM_` variables, or in the stack's settings, such as " +
        "`pulumi config set azure-native:clientId <id>` and `pulumi config set --secret azure-native:clientSecret <secret>`.",
    },
  ]);
}

async function ownClaims(cloud: Cloud): Promise<Claims | { readonly reason: string }> {
  try {
    const connection = await connect(cloud);
    return await claimsFor(connection, connection.audience);
  } catch (error) {
    return { reason: reasonIn((error as Error).message) };
  }
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
