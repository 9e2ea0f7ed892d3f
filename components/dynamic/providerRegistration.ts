import * as pulumi from "@pulumi/pulumi";
import { apiVersions } from "../../azure/apiVersions.ts";
import { arm, type Arm } from "../../azure/arm.ts";
import { isRefusal } from "../../azure/requests.ts";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { Stored } from "./stored.ts";
import { DynamicResource } from "./stub.ts";

/** What the registration of a resource provider needs to know. */
export interface ProviderRegistrationArgs {
  /** The resource provider's namespace. Example: `Microsoft.Insights`. */
  namespace: pulumi.Input<string>;
  /** The subscription's id, a GUID. Example: `getClientConfigOutput().subscriptionId`. */
  subscriptionId: pulumi.Input<string>;
  /** How long to wait for `Registered`, in minutes. Example: 15. */
  timeoutMinutes: pulumi.Input<number>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

type Inputs = Stored<ProviderRegistrationArgs>;

interface Outputs extends Inputs {
  registrationState: string;
}

/**
 * A resource provider that is registered with the subscription. It is registered only when it is not yet, and stays registered when the
 * stack is destroyed, because other stacks share the subscription.
 *
 * Fails with one sentence when the registration is not permitted, or has not ended after `timeoutMinutes`.
 */
export class ProviderRegistration extends DynamicResource {
  /** `Registered`. */
  declare readonly registrationState: pulumi.Output<string>;

  constructor(name: string, args: ProviderRegistrationArgs, options?: pulumi.CustomResourceOptions) {
    super("ProviderRegistration", name, { ...args, registrationState: undefined }, options);
  }
}

export const registrations: pulumi.dynamic.ResourceProvider<Inputs, Outputs> = {
  async create(inputs) {
    return { id: `${inputs.subscriptionId}/${inputs.namespace}`, outs: await register(inputs) };
  },

  async read(id, outputs) {
    if (!outputs) return { id };
    const registrationState = await state(arm(outputs.cloud), outputs);
    // No longer registered: the resource is gone, and the next deployment creates it again.
    return registrationState === "Registered" || registrationState === "Registering"
      ? { id, props: { ...outputs, registrationState: "Registered" } }
      : {};
  },

  diff(_id, olds, news) {
    const replaces = (["namespace", "subscriptionId"] as const).filter((key) => olds[key] !== news[key]);
    return Promise.resolve({ changes: replaces.length > 0, replaces });
  },
};

interface Registration {
  registrationState?: string;
}

const pathOf = ({ subscriptionId, namespace }: Inputs) =>
  `/subscriptions/${subscriptionId}/providers/${namespace}`;

async function state(azure: Arm, inputs: Inputs): Promise<string> {
  try {
    const answer = await azure.get<Registration>(pathOf(inputs), apiVersions.registration);
    return answer.registrationState ?? "NotRegistered";
  } catch (error) {
    throw isForbidden(error) ? notReadable(inputs) : error;
  }
}

async function register(inputs: Inputs): Promise<Outputs> {
  const deadline = Date.now() + inputs.timeoutMinutes * 60_000;
  const azure = arm(inputs.cloud);
  let registrationState = await state(azure, inputs);
  if (registrationState !== "Registered" && registrationState !== "Registering") {
    try {
      const path = `${pathOf(inputs)}/register`;
      const answer = await azure.post<Registration>(path, apiVersions.registration);
      registrationState = answer.registrationState ?? "Registering";
    } catch (error) {
      throw isForbidden(error) ? notPermitted(inputs) : error;
    }
  }
  for (let wait = 500; registrationState !== "Registered"; wait = Math.min(wait * 2, 10_000)) {
    if (Date.now() + wait > deadline) throw notInTime(inputs, registrationState);
    await new Promise((resolve) => setTimeout(resolve, wait));
    registrationState = await state(azure, inputs);
  }
  return { ...inputs, registrationState };
}

const isForbidden = (error: unknown) => isRefusal(error) && error.statusCode === 403;

function notReadable({ namespace, subscriptionId }: Inputs): Error {
  return new Error(
    `Whether the resource provider ${namespace} is registered with the subscription ${subscriptionId} cannot be read: the ` +
      "signed-in principal needs the action Microsoft.Resources/subscriptions/providers/read on the subscription " +
      "(the role Reader has it).",
  );
}

function notPermitted({ namespace, subscriptionId }: Inputs): Error {
  return new Error(
    `The resource provider ${namespace} is not registered with the subscription ${subscriptionId}, and the signed-in ` +
      `principal may not register it. It needs the action ${namespace}/register/action on the subscription (the roles ` +
      "Contributor and Owner have it). Either assign one, or have someone with that permission run once: " +
      `az provider register --namespace ${namespace} --subscription ${subscriptionId}`,
  );
}

function notInTime(
  { namespace, subscriptionId, timeoutMinutes }: Inputs,
  registrationState = "unknown",
): Error {
  return new Error(
    `The resource provider ${namespace} is still '${registrationState}' with the subscription ${subscriptionId} after ` +
      `${String(timeoutMinutes)} ${timeoutMinutes === 1 ? "minute" : "minutes"} (defender-streaming:registration.timeoutMinutes). Azure continues by itself: check with ` +
      `\`az provider show --namespace ${namespace} --subscription ${subscriptionId} --query registrationState\` and deploy again when it says Registered.`,
  );
}
