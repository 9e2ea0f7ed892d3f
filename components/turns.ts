import type * as pulumi from "@pulumi/pulumi";

/** Lets resources be created and deleted one after the other, where Azure refuses or loses changes at the same time. */
export class Turns {
  readonly #last = new Map<string, pulumi.Resource>();

  /**
   * @param at what takes one change at a time
   * @param create gets what to wait for
   */
  take<Created extends pulumi.Resource>(
    at: string,
    create: (dependsOn: pulumi.Resource[]) => Created,
  ): Created {
    const before = this.#last.get(at);
    const created = create(before ? [before] : []);
    this.#last.set(at, created);
    return created;
  }
}
