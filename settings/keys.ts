/** The Pulumi project, and with it the namespace of the settings' keys. */
export const project = "defender-streaming";

/** The name of the component in the program: resource names begin with it. */
export const component = "defender";

export const locationKey = "azure-native:location";
export const environmentKey = "azure-native:environment";

/** A key as written in a stack file: `retentionHours` → `defender-streaming:retentionHours`. */
export function inFull(key: string): string {
  return /^[^.[]+:/.test(key) ? key : `${project}:${key}`;
}
