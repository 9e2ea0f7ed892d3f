import type { Check } from "../check.ts";

export const settings: Check = {
  name: "settings",
  asks: "Whether the settings are up to date",
  findings: ({ warnings }) => Promise.resolve(warnings.map((what) => ({ status: "warning", what }))),
};
