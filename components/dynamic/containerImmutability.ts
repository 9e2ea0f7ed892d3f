import * as pulumi from "@pulumi/pulumi";
import { apiVersions } from "../../azure/apiVersions.ts";
import { arm } from "../../azure/arm.ts";
import { unlessMissing } from "../../azure/found.ts";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { Stored } from "./stored.ts";
import { DynamicResource } from "./stub.ts";

/** What a container's immutability policy needs to know. */
export interface ContainerImmutabilityArgs {
  /** The container's ARM id; another one is a replacement. Example: `container.id`. */
  containerId: pulumi.Input<string>;
  /** Days after the last write for which a blob cannot be changed or deleted. Example: 30. */
  days: pulumi.Input<number>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

type Inputs = Stored<ContainerImmutabilityArgs>;

/**
 * The immutability policy of a container: unlocked, and open for appends, which is how Defender writes. A policy that was locked in Azure
 * cannot be changed or deleted here, and the error says so.
 *
 * azure-native's own resource cannot do this: Azure requires the policy's ETag for a change or a deletion, and azure-native does not send
 * it (pulumi-azure-native #2156).
 */
export class ContainerImmutability extends DynamicResource {
  constructor(name: string, args: ContainerImmutabilityArgs, options?: pulumi.CustomResourceOptions) {
    super("ContainerImmutability", name, args, options);
  }
}

export const containerImmutabilities: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  async create(inputs) {
    await put(inputs);
    return { id: idOf(inputs), outs: inputs };
  },

  async read(id, outputs) {
    if (!outputs) return { id };
    const policy = await get(outputs);
    return policy ? { id, props: { ...outputs, days: policy.days } } : {};
  },

  async update(_id, _olds, news) {
    await put(news);
    return { outs: news };
  },

  async delete(_id, outputs) {
    const policy = await get(outputs);
    if (!policy) return;
    if (policy.isLocked) throw locked(outputs);
    await arm(outputs.cloud).delete(idOf(outputs), apiVersions.storage, withTag(policy.etag));
  },

  diff(_id, olds, news) {
    const replaces = olds.containerId.toLowerCase() === news.containerId.toLowerCase() ? [] : ["containerId"];
    return Promise.resolve({
      changes: replaces.length > 0 || olds.days !== news.days,
      replaces,
      deleteBeforeReplace: false,
    });
  },
};

interface ArmPolicy {
  etag?: string;
  properties?: { immutabilityPeriodSinceCreationInDays?: number; state?: string };
}

interface Policy {
  days: number;
  isLocked: boolean;
  etag: string;
}

function idOf({ containerId }: Inputs): string {
  return `${containerId}/immutabilityPolicies/default`;
}

/** The current policy. For a container without one, Azure returns a policy of no days. */
async function get(inputs: Inputs): Promise<Policy | undefined> {
  const answer = await unlessMissing(() =>
    arm(inputs.cloud).get<ArmPolicy>(idOf(inputs), apiVersions.storage),
  );
  const { etag = "", properties = {} } = answer ?? {};
  const days = properties.immutabilityPeriodSinceCreationInDays ?? 0;
  return days === 0 ? undefined : { days, isLocked: properties.state === "Locked", etag };
}

async function put(inputs: Inputs): Promise<void> {
  const policy = await get(inputs);
  if (policy?.isLocked && policy.days !== inputs.days) throw locked(inputs);
  if (policy?.days === inputs.days) return;
  const properties = {
    immutabilityPeriodSinceCreationInDays: inputs.days,
    allowProtectedAppendWrites: true,
  };
  const more = policy ? withTag(policy.etag) : {};
  await arm(inputs.cloud).put(idOf(inputs), apiVersions.storage, { properties }, more);
}

function withTag(etag: string) {
  return { headers: { "If-Match": etag } };
}

function locked({ containerId }: Inputs): Error {
  return new Error(
    `The immutability policy of the container ${containerId.split("/").at(-1) ?? ""} is locked. Azure neither shortens nor deletes a locked ` +
      "policy, and keeps its container until the days of the last blob in it have passed. Write the days that the policy has. To extend it, run " +
      "`az storage container immutability-policy extend`, then write the new days here.",
  );
}
