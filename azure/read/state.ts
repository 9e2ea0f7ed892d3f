import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/**
 * Reads this stack's state by a function of the engine's, and returns its `outputs`.
 *
 * The program may have registered resources already, such as providers. The engine then writes the state of a `file://` backend
 * while it reads it, and may find a file that is empty or in part (the attributes that gocloud.dev's fileblob keeps beside it).
 *
 * @param key what the function calls the stack
 */
export async function readState(token: string, key: "name" | "stackName", attempts = 5): Promise<unknown> {
  const stack = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  try {
    const answer: unknown = await pulumi.runtime.invoke(token, { [key]: stack });
    return (answer as { readonly outputs?: unknown }).outputs;
  } catch (error) {
    if (attempts <= 1 || !/failed to load checkpoint: .*(EOF|unexpected end)/.test(String(error)))
      throw error;
    await setTimeout(100);
    return readState(token, key, attempts - 1);
  }
}
