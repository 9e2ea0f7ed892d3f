import type { Settings } from "../../settings/settings.ts";
import type { Host } from "../../streaming/naming/hostNames.ts";
import type { Plan } from "../../streaming/planned.ts";
import type { Arm } from "../../azure/arm.ts";
import type { Account } from "./account.ts";
import type { Finding } from "./finding.ts";

/** What is checked: these settings, deployed by this account. */
export interface Subject {
  readonly settings: Settings;
  /** Sentences about keys that do nothing any more. */
  readonly warnings: readonly string[];
  /** As nothing has been deployed yet, and what exists is as it should be. */
  readonly plan: Plan;
  /** What carries its name in the name of a host. */
  readonly hosts: readonly Host[];
  /** Which names the resource group of everything may have. */
  readonly group: RegExp;
  readonly account: Account;
  readonly azure: Arm;
  /** The application permissions of Microsoft Graph that the account has. */
  readonly graphPermissions: () => Promise<readonly string[]>;
  /** The tenant that Defender runs in, if it was given. */
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
