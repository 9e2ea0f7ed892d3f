import type * as pulumi from "@pulumi/pulumi";
import { signInFor } from "../../azure/signIn/keys.ts";
import { isSignInFailure, reasonIn } from "../../azure/signIn/reason.ts";
import { containerImmutabilities } from "./containerImmutability.ts";
import type { Code, DynamicType } from "./contract.ts";
import { endpointIntegrations } from "./endpointIntegration.ts";
import { keyDeliveries } from "./keyDelivery.ts";
import { registrations } from "./providerRegistration.ts";
import { waits } from "./roleInEffect.ts";
import { timeBoundAssignments } from "./timeBoundAssignment.ts";

type Provider = pulumi.dynamic.ResourceProvider;

const providers: Readonly<Record<DynamicType, Provider>> = {
  ContainerImmutability: containerImmutabilities,
  EndpointIntegration: endpointIntegrations,
  KeyDelivery: keyDeliveries,
  ProviderRegistration: registrations,
  RoleInEffect: waits,
  TimeBoundAssignment: timeBoundAssignments,
};

/** A refresh gets the configuration of the last deployment from the engine, and not today's. */
function explain(error: unknown): never {
  if (!isSignInFailure(error)) throw error;
  throw new Error(
    `Not signed in to Azure: ${reasonIn(error.message)} A refresh signs in with the settings of the last deployment. If the stack's settings ` +
      "have a new sign-in, deploy once with `pulumi up --refresh=false`.",
  );
}

interface Revised {
  readonly revision?: number;
}

export const providerOf: Code["providerOf"] = (type, config) => {
  signInFor((key) => config?.get(key));
  const { create, read, update, delete: remove, diff } = providers[type];
  return {
    create,
    read: async (id, props: unknown) => (await read?.(id, props).catch(explain)) ?? { id, props },
    // Of a type without one, nothing is in Azure that could change.
    update: update ?? ((_id, olds: object, news: object) => Promise.resolve({ outs: { ...olds, ...news } })),
    delete: remove ?? (() => Promise.resolve()),
    async diff(id, olds: Revised, news: Revised) {
      const found = await diff?.(id, olds, news);
      const isMoved = olds.revision !== news.revision;
      return { ...found, changes: isMoved || found?.changes };
    },
  };
};
