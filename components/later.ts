import * as pulumi from "@pulumi/pulumi";
import { placeholderId } from "../streaming/people/identities.ts";

/** Whether a text is known to the deployment only. */
export const isLater = (value: unknown): value is pulumi.Output<string> | Promise<string> =>
  pulumi.Output.isInstance(value) || value instanceof Promise;

/** Object ids that only the deployment will know. Placeholders stand for them while everything else is decided. */
export class LaterIds {
  readonly #ids = new Map<unknown, pulumi.Input<string>>();

  /** The principal, with a placeholder if its object id is known later. */
  readonly hide = <Principal extends object>(one: Principal): Principal => {
    if (!("objectId" in one && isLater(one.objectId))) return one;
    const objectId = placeholderId(this.#ids.size);
    this.#ids.set(objectId, one.objectId);
    return { ...one, objectId };
  };

  /** The principal, with its object id in place of the placeholder. */
  readonly reveal = <Principal extends object>(one: Principal): Principal => {
    const objectId = "objectId" in one ? this.#ids.get(one.objectId) : undefined;
    return objectId === undefined ? one : { ...one, objectId };
  };
}
