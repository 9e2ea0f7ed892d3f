/** The Pulumi project, and with it the namespace of the settings' keys. */
export const project = "defender-streaming";

export const locationKey = "azure-native:location";
export const environmentKey = "azure-native:environment";

/** A key as it stands in a stack file: `retentionHours` → `defender-streaming:retentionHours`. */
export function inFull(key: string): string {
  return key === locationKey || key.startsWith(`${project}:`) ? key : `${project}:${key}`;
}
