import type { Check } from "../check.ts";

/** Privileged Identity Management has its price, and Azure does not tell who has paid it. */
export const licence: Check = {
  name: "licence",
  asks: "Whether Privileged Identity Management can be used",
  findings({ settings }) {
    const users = settings.portalUsers.filter(({ access = "permanent" }) => access !== "permanent");
    if (users.length === 0) return Promise.resolve([]);
    return Promise.resolve([
      {
        status: "unknown",
        what: `The access of ${users.map(({ name }) => name).join(", ")} needs Microsoft Entra ID P2 or Microsoft Entra ID Governance; without a licence Azure refuses it.`,
        fix: "Look at https://entra.microsoft.com > Billing > Licenses, or write `access: permanent`.",
      },
    ]);
  },
};
