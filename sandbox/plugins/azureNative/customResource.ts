import type { ArmClient } from "./armClient.ts";
import type { Properties } from "../properties.ts";

/** A resource for which azure-native has special code (provider/pkg/resources/customresources): no PUT and GET of its path. */
export interface CustomResource {
  /** @returns ARM's body of the existing resource for these inputs; undefined: there is none */
  find(arm: ArmClient, inputs: Properties, signal?: AbortSignal): Promise<Properties | undefined>;
  /** @returns ARM's body of the result */
  create(arm: ArmClient, inputs: Properties, signal?: AbortSignal): Promise<Properties>;
  /** @param outputs those in state */
  delete(arm: ArmClient, outputs: Properties, signal?: AbortSignal): Promise<void>;
}
