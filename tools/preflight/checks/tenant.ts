import type { Check } from "../check.ts";
import { subscriptionOf } from "../subscription.ts";

/** Defender streams to subscriptions of its own tenant only. */
export const tenant: Check = {
  name: "tenant",
  asks: "Whether the subscription belongs to the tenant that Defender runs in",
  async findings({ account, azure, defenderTenant }) {
    const { tenantId } = await subscriptionOf(azure, account);
    if (defenderTenant === undefined) {
      return [
        {
          status: "unknown",
          what: `The subscription belongs to the tenant ${tenantId}. Defender must run in the same tenant, and Azure does not show which one it runs in.`,
          fix: "Compare it with the tenant id at https://security.microsoft.com > Settings > Microsoft Defender XDR > Account, and pass that one as --defender-tenant.",
        },
      ];
    }
    if (tenantId.toLowerCase() === defenderTenant.toLowerCase()) {
      return [{ status: "ok", what: `The subscription belongs to Defender's tenant, ${tenantId}.` }];
    }
    return [
      {
        status: "problem",
        what: `The subscription belongs to the tenant ${tenantId}, and Defender runs in ${defenderTenant}: it does not stream to another tenant.`,
        fix: `Choose a subscription of Defender's tenant: az login --tenant ${defenderTenant}, then az account set --subscription <id>`,
      },
    ];
  },
};
