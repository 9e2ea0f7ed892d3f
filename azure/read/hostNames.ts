import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import type { NamedConsumer } from "../../streaming/consumers/consumer.ts";
import type { HostNames } from "../../streaming/naming/hostNameChecks.ts";
import { groupForm, hostsOf } from "../../streaming/naming/hostNames.ts";
import type { Plan } from "../../streaming/planned.ts";
import type { LastDeployment } from "./lastDeployment.ts";
import { askedOf } from "./nameStanding.ts";

/** How to ask. */
export interface ReadHostNamesArgs {
  /** Microsoft's cloud. Default: the one of the environment. */
  cloud?: Cloud | undefined;
  /** Says which subscription is deployed to. Default: azure-native's default provider. */
  provider?: pulumi.ProviderResource | undefined;
}

/**
 * What the namespaces and accounts that a plan makes anew will be called, and whether such names can be had. Azure is asked only
 * where `pulumi:autonaming` settles a name: all others get random digits.
 *
 * @param component the name of the `DefenderStreaming` in the program
 */
export async function readHostNames(
  component: string,
  plan: Plan,
  { consumers }: { readonly consumers: readonly NamedConsumer[] },
  last: Pick<LastDeployment, "deployed" | "own" | "checkpointStores">,
  { cloud, provider }: ReadHostNamesArgs = {},
): Promise<HostNames> {
  const stack = {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    organization: pulumi.getOrganization(),
    config: pulumi.runtime.allConfig(),
  };
  const hosts = hostsOf(component, plan, consumers, stack, last);
  return {
    hosts: await askedOf(hosts, cloud, async () => {
      const { subscriptionId } = await getClientConfig(provider ? { provider } : {});
      return subscriptionId;
    }),
    group: groupForm(component, plan, stack, last),
  };
}
