import type * as pulumi from "@pulumi/pulumi";

/**
 * The options of a resource that takes another one's place. The engine then takes it for the other one under a new name, and deletes that
 * one first where the name in Azure changes too.
 *
 * @param name the other one's name in the program; undefined: it takes nobody's place
 */
export function formerly(name: string | undefined): Pick<pulumi.ResourceOptions, "aliases"> {
  return name === undefined ? {} : { aliases: [{ name }] };
}
