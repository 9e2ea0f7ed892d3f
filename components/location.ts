import * as pulumi from "@pulumi/pulumi";

/** What follows from a region: at once where it is plain text, else as soon as the deployment knows it. */
export function fromLocation<Result>(
  location: pulumi.Input<string>,
  follows: (location: string) => Result,
): pulumi.Input<Result> {
  return typeof location === "string" ? follows(location) : pulumi.output(location).apply(follows);
}
