import type { Resource } from "../../state.ts";

/** The host name of a namespace, which ends in the suffix of the cloud that its region is in. */
export function hostOf(namespace: Resource): string {
  const isGovernments = /^us(gov|dod)/.test(namespace.body.location ?? "");
  return `${namespace.name}.${isGovernments ? "servicebus.usgovcloudapi.net" : "servicebus.windows.net"}`;
}
