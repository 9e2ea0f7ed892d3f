import { shortHubName as short } from "../../defender/tables.ts";
import type { Target, TargetHub } from "./kind.ts";

/** A placeholder for a secret: no output contains a secret. */
const secret = (what: string) => `<SECRET: ${what}>`;

/** Something that only they know. */
export const yours = (what: string) => `<YOURS: ${what}>`;

export const clientId = yours("application (client) id");
export const clientSecret = secret("client secret of the application");

type Rule = Pick<Target, "listens">;

const opener = ({ name, rule }: TargetHub, { listens }: Rule) =>
  `${rule} on ${listens === "hub" ? name : "the namespace"}`;

export const key = (hub: TargetHub, rule: Rule) => secret(`key of ${opener(hub, rule)}`);

export const connection = (hub: TargetHub, rule: Rule) => secret(`connection string of ${opener(hub, rule)}`);

/** A connection string that names the hub: that of a rule on the namespace does not by itself. */
export const hubConnection = (hub: TargetHub, rule: Rule) =>
  `${connection(hub, rule)}${rule.listens === "hub" ? "" : `;EntityPath=${hub.name}`}`;

export const storageAccount = ({ checkpointStore }: Target) =>
  checkpointStore?.account ?? yours("storage account for checkpoints");

export const storageConnection = (target: Target) =>
  secret(`connection string of the storage account ${target.checkpointStore?.account ?? "for checkpoints"}`);

export const container = (hub: TargetHub) =>
  hub.container === "" ? yours(`container for checkpoints of ${hub.name}`) : hub.container;

export const shortHubName = ({ name }: TargetHub) => short(name);

/** The first part of a namespace's host name. */
export const namespaceName = ({ fullyQualifiedNamespace }: TargetHub) =>
  fullyQualifiedNamespace.replace(/\..*/, "");
