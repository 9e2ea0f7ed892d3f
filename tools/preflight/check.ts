import type { Settings } from "../../settings/settings.ts";
import type { DestinationKind } from "../../streaming/defender/destinations.ts";
import type { Host } from "../../streaming/naming/hostNames.ts";
import type { PlannedNamespace } from "../../streaming/planned.ts";
import type { PlannedAccount } from "../../streaming/storage/account.ts";
import type { Azure } from "../azure.ts";
import type { Account } from "./account.ts";
import type { Finding } from "./finding.ts";

/** What a deployment makes, where nothing is there yet. */
export interface Made {
  readonly namespaces: readonly PlannedNamespace[];
  /** Accounts that hold events. */
  readonly accounts: readonly PlannedAccount[];
  /** How many destinations there are, with those that are there already. */
  readonly destinations: Readonly<Record<DestinationKind, number>>;
  /** What carries its name in the name of a host. */
  readonly hosts: readonly Host[];
  /** Which names the resource group of it all may have. */
  readonly group: RegExp;
}

/** What is checked: these settings, deployed by this account. */
export interface Subject {
  readonly settings: Settings;
  readonly made: Made;
  readonly account: Account;
  readonly azure: Azure;
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
