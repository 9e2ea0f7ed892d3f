import { askedOf } from "../../../azure/read/nameAvailability.ts";
import {
  canBeAsked,
  hostNameMistakes,
  perhapsOwn,
  unanswered,
} from "../../../streaming/naming/hostNameChecks.ts";
import { listed } from "../../../streaming/wording/words.ts";
import type { Check } from "../check.ts";
import type { Finding } from "../finding.ts";

/** Names of namespaces and accounts that `pulumi:autonaming` fixes: each name exists once in all of Azure. */
export const names: Check = {
  name: "names",
  asks: "Whether the names of namespaces and accounts are free",
  async findings({ account, azure, hosts: planned, group }) {
    if (planned.length === 0) return [];
    const hosts = await askedOf(planned, azure, () => Promise.resolve(account.subscriptionId));
    const found = { hosts, group };
    const open = [
      ...hostNameMistakes({ hostNames: found }).map(({ value, rule, fix }): Finding => ({
        status: "problem",
        what: `${String(value)}: ${rule}`,
        fix,
      })),
      ...perhapsOwn(found).map((what): Finding => ({ status: "warning", what })),
      ...unanswered(found).map((what): Finding => ({ status: "unknown", what })),
    ];
    if (open.length > 0) return open;
    const free = hosts.filter(canBeAsked).map(({ naming }) => naming.name);
    const what =
      free.length === 0
        ? "Names of namespaces and accounts have random parts, so they are free."
        : `Free: ${listed(free)}.`;
    return [{ status: "ok", what }];
  },
};
