import type { Check } from "../check.ts";

/** Privileged Identity Management needs a license, and Azure does not show whether a tenant has one. */
export const license: Check = {
  name: "license",
  asks: "Whether Privileged Identity Management can be used",
  findings({ settings }) {
    const users = settings.portalUsers.filter(({ access = "permanent" }) => access !== "permanent");
    if (users.length === 0) return Promise.resolve([]);
    return Promise.resolve([
      {
        status: "unknown",
        what: `The access of ${users.map(({ name }) => name).join(", ")} needs Microsoft Entra ID P2 or Microsoft Entra ID Governance; Azure refuses it without a license.`,
        fix: "Check https://entra.microsoft.com > Billing > Licenses, or set `access: permanent`.",
      },
    ]);
  },
};
