import { ResourceGroup, type ResourceGroupArgs } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { UsedGroup } from "../streaming/planned.ts";

/**
 * The resource group for what a stack creates: an existing one or its own. Its own is created when its name or id is first needed, so a
 * stack that creates nothing in a group leaves no empty one.
 */
export class StackResourceGroup {
  readonly #make: () => ResourceGroup;
  readonly #used: UsedGroup | undefined;
  #made: ResourceGroup | undefined;

  constructor(
    name: string,
    args: ResourceGroupArgs,
    used: UsedGroup | undefined,
    options: pulumi.CustomResourceOptions,
  ) {
    this.#make = () => new ResourceGroup(name, args, options);
    this.#used = used;
  }

  get name(): pulumi.Output<string> {
    return this.#used ? pulumi.output(this.#used.name) : this.#own.name;
  }

  get id(): pulumi.Output<string> {
    return this.#used ? pulumi.output(this.#used.resourceId) : this.#own.id;
  }

  /** The one that the stack created, if any. */
  get made(): ResourceGroup | undefined {
    return this.#made;
  }

  get #own(): ResourceGroup {
    return (this.#made ??= this.#make());
  }
}
