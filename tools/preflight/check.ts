import type { Settings } from "../../settings/settings.ts";
import type { Plan } from "../../streaming/plan.ts";
import type { Account } from "./account.ts";
import type { Azure } from "../azure.ts";
import type { Finding } from "./finding.ts";

/** What is checked: these settings, deployed by this account. */
export interface Subject {
  readonly settings: Settings;
  readonly plan: Plan;
  readonly account: Account;
  readonly azure: Azure;
  /** The tenant that Defender runs in, where somebody has said so. */
  readonly defenderTenant: string | undefined;
}

/** Asks Azure one thing, with requests that change nothing. */
export interface Check {
  /** The first word of its rows. */
  readonly name: string;
  /** What remains open when Azure refuses to answer: "Whether …". */
  readonly asks: string;
  readonly findings: (subject: Subject) => Promise<Finding[]>;
}
