import type { DataExportSettings } from "@azure/arm-security";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { connect } from "../../azure/connection.ts";
import { unlessMissing } from "../../azure/found.ts";
import { isRefusal } from "../../azure/requests.ts";
import type { Stored } from "./stored.ts";
import { DynamicResource } from "./stub.ts";

/** What Defender for Cloud's integration with Defender for Endpoint needs to know. */
export interface EndpointIntegrationArgs {
  /** The subscription's id, a GUID. */
  subscriptionId: pulumi.Input<string>;
  /** Restores the previous state of the switch on `destroy`. Default: false, it stays on. */
  restoreOnDestroy?: pulumi.Input<boolean>;
  /** Microsoft's cloud. Example: `gccHigh`. */
  cloud: Cloud;
}

type Inputs = Stored<EndpointIntegrationArgs>;

interface Outputs extends Inputs {
  enabled: boolean;
  enabledBefore: boolean;
}

/**
 * Defender for Cloud's integration with Defender for Endpoint, switched on: the setting `WDATP` of a subscription. Where
 * a Defender for Servers plan is on, Azure then installs Defender for Endpoint on the subscription's servers.
 *
 * It is switched on only when it is off. The previous state is kept: `destroy` restores it if `restoreOnDestroy` is set, and otherwise
 * changes nothing. A refresh notices when it was switched off.
 *
 * Fails with one sentence when there is no Defender for Servers plan, or when a permission is missing.
 */
export class EndpointIntegration extends DynamicResource {
  /** Whether it is on. */
  declare readonly enabled: pulumi.Output<boolean>;
  /** Whether it was on before this resource was created. */
  declare readonly enabledBefore: pulumi.Output<boolean>;

  constructor(name: string, args: EndpointIntegrationArgs, options?: pulumi.CustomResourceOptions) {
    const { restoreOnDestroy = false } = args;
    const outputs = { enabled: undefined, enabledBefore: undefined };
    super("EndpointIntegration", name, { ...args, restoreOnDestroy, ...outputs }, options);
  }
}

export const endpointIntegrations: pulumi.dynamic.ResourceProvider<Inputs, Outputs> = {
  async create(inputs) {
    const enabledBefore = await isOn(inputs);
    if (!enabledBefore) await switchOn(inputs);
    return { id: `${inputs.subscriptionId}/WDATP`, outs: { ...inputs, enabled: true, enabledBefore } };
  },

  async read(id, outputs) {
    if (!outputs) return { id };
    return { id, props: { ...outputs, enabled: await isOn(outputs) } };
  },

  diff(_id, olds, news) {
    const replaces = olds.subscriptionId === news.subscriptionId ? [] : ["subscriptionId"];
    const changes = replaces.length > 0 || !olds.enabled || olds.restoreOnDestroy !== news.restoreOnDestroy;
    return Promise.resolve({ changes, replaces });
  },

  async update(_id, olds, news) {
    if (!(await isOn(news))) await switchOn(news);
    return { outs: { ...news, enabled: true, enabledBefore: olds.enabledBefore } };
  },

  async delete(_id, outputs) {
    if (!outputs.restoreOnDestroy || outputs.enabledBefore) return;
    if (await isOn(outputs)) await put(outputs, false);
  },
};

async function isOn(inputs: Inputs): Promise<boolean> {
  const { settings } = await client(inputs);
  // A subscription that is not registered with Microsoft.Security has no settings.
  const setting: DataExportSettings | undefined = await unlessMissing(() => settings.get("WDATP")).catch(
    (error: unknown) => {
      throw explained(error, "settings/read", inputs);
    },
  );
  return setting?.enabled ?? false;
}

async function switchOn(inputs: Inputs): Promise<void> {
  await requirePlan(inputs);
  await put(inputs, true);
}

/** Without a plan Azure accepts the setting, and it has no effect. */
async function requirePlan(inputs: Inputs): Promise<void> {
  const { pricings } = await client(inputs);
  const plan = await pricings.get("VirtualMachines").catch((error: unknown) => {
    throw explained(error, "pricings/read", inputs);
  });
  if (plan.pricingTier === "Standard") return;
  throw new Error(
    `The subscription ${inputs.subscriptionId} has no Defender for Servers plan, and without one the integration with Defender for ` +
      "Endpoint does nothing. Either buy a plan (it costs a price per server): " +
      `az security pricing create --name VirtualMachines --tier Standard --subplan P1 --subscription ${inputs.subscriptionId}. ` +
      "Or set defender-streaming:endpointIntegration to false.",
  );
}

async function put(inputs: Inputs, enabled: boolean): Promise<void> {
  const { settings } = await client(inputs);
  const setting: DataExportSettings = { kind: "DataExportSettings", enabled };
  const answer: DataExportSettings = await settings.update("WDATP", setting).catch((error: unknown) => {
    throw explained(error, "settings/write", inputs, enabled ? notOn : notBack);
  });
  if (answer.enabled === enabled) return;
  throw new Error(
    `Azure accepted the change of the integration with Defender for Endpoint on the subscription ${inputs.subscriptionId} and left it ` +
      `${enabled ? "off" : "on"}. A policy of your organization may set it: check the assignments on the subscription, then deploy again.`,
  );
}

async function client({ subscriptionId, cloud }: Inputs) {
  const { SecurityCenter } = await import("@azure/arm-security");
  const { credential, endpoint, audience } = await connect(cloud);
  return new SecurityCenter(credential, subscriptionId, {
    endpoint,
    credentialScopes: `${audience}/.default`,
  });
}

const notOn = "Or set defender-streaming:endpointIntegration to false, and have someone else switch it on.";
const notBack =
  "Or deploy once with restoreOnDestroy: false in defender-streaming:endpointIntegration, and have someone else switch it off.";

/**
 * @param action what the request needs, such as `settings/write`.
 * @param wayOut what to do without the permission.
 */
function explained(error: unknown, action: string, { subscriptionId }: Inputs, wayOut = notOn): unknown {
  if (!isRefusal(error) || error.statusCode !== 403) return error;
  return new Error(
    `The signed-in principal may not do Microsoft.Security/${action} on the subscription ${subscriptionId}, which the ` +
      "integration with Defender for Endpoint needs. The roles Security Admin, Contributor and Owner allow it: " +
      `az role assignment create --role "Security Admin" --assignee <principal> --scope /subscriptions/${subscriptionId}. ` +
      wayOut,
  );
}
