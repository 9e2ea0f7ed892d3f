import * as pulumi from "@pulumi/pulumi";
import { placeholderId } from "../streaming/people/identities.ts";

/** Whether a text is known to the deployment only. */
export const isLater = (value: unknown): value is pulumi.Output<string> | Promise<string> =>
  pulumi.Output.isInstance(value) || value instanceof Promise;

/** Object ids that only the deployment will know. Placeholders stand for them while everything else is decided. */
export class LaterIds {
  readonly #ids = new Map<unknown, pulumi.Input<string>>();

  /** The principals, with placeholders for object ids that are known later. What is no list of objects stays as it is. */
  hideAll(list: unknown): unknown {
    return Array.isArray(list) ? list.map((one: unknown) => this.#hide(one)) : list;
  }

  #hide(one: unknown): unknown {
    if (typeof one !== "object" || one === null || !("objectId" in one && isLater(one.objectId))) return one;
    const objectId = placeholderId(this.#ids.size);
    this.#ids.set(objectId, one.objectId);
    return { ...one, objectId };
  }

  /** The principal, with its object id in place of the placeholder. */
  readonly reveal = <Principal extends object>(one: Principal): Principal => {
    const objectId = "objectId" in one ? this.#ids.get(one.objectId) : undefined;
    return objectId === undefined ? one : { ...one, objectId };
  };
}
