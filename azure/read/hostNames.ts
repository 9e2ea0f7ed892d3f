import { getClientConfig } from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { HostNames } from "../../streaming/naming/hostNameChecks.ts";
import { groupForm, hostsOf } from "../../streaming/naming/hostNames.ts";
import type { Plan } from "../../streaming/planned.ts";
import type { LastDeployment } from "./lastDeployment.ts";
import { askedOf } from "./nameAvailability.ts";
import type { Azure } from "./reader.ts";

/**
 * The names of the namespaces and accounts that a plan creates, and whether these names are free. Azure is asked only where
 * `pulumi:autonaming` fixes a name: all others get random digits.
 *
 * @param component the name of the `DefenderStreaming` in the program
 */
export async function readHostNames(
  component: string,
  plan: Plan,
  last: Pick<LastDeployment, "deployed" | "own" | "checkpointStores">,
  { arm, provider }: Azure,
): Promise<HostNames> {
  const stack = {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    organization: pulumi.getOrganization(),
    config: pulumi.runtime.allConfig(),
  };
  const hosts = hostsOf(component, plan, stack, last);
  return {
    hosts: await askedOf(hosts, arm, async () => {
      const { subscriptionId } = await getClientConfig({ provider });
      return subscriptionId;
    }),
    group: groupForm(component, plan, stack, last),
  };
}
