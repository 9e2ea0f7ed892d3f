import { v5 } from "uuid";

/**
 * The account's name in the program. Its name in Azure is this one with eight random digits, and has at most 24 lower-case letters
 * and digits (resource-name-rules.md, MicrosoftDocs/azure-docs).
 */
export function accountBaseName(name: string): string {
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  if (letters.length <= 16) return letters;
  return `${letters.slice(0, 8)}${v5(name, v5.URL).replaceAll("-", "").slice(0, 8)}`;
}

/** The name in the program of the account where a consumer keeps its checkpoints. @param key the consumer's `provision.key` */
export function checkpointStoreName(component: string, key: string): string {
  return accountBaseName(`${component}-${key}-checkpoints`);
}
