import * as pulumi from "@pulumi/pulumi";

type Outputs = Readonly<Record<string, pulumi.Output<unknown>>>;

/** Everything below a component: outputs wait for it, so that they never name what a failed deployment has not created. */
export class Created {
  readonly #resources: pulumi.Resource[] = [];

  /** The options of a component, with which all that is below it is noted. */
  below<Options extends pulumi.ResourceOptions>(options: Options | undefined): Options {
    const note: pulumi.ResourceTransformation = ({ resource }) => void this.#resources.push(resource);
    return { ...options, transformations: [...(options?.transformations ?? []), note] } as Options;
  }

  /** The same outputs, which are known once everything that is noted exists. */
  outputs<Named extends Outputs>(outputs: Named): Named {
    const all = pulumi.all(this.#resources.map(signOf));
    const later = Object.entries(outputs).map(
      ([name, output]) => [name, pulumi.all([output, all]).apply(([value]) => value)] as const,
    );
    return Object.fromEntries(later) as Named;
  }
}

/**
 * What is known once a resource is created or updated. An id stays unknown if `--target` leaves the resource out, but a preview
 * does not know new ones.
 */
function signOf(resource: pulumi.Resource): pulumi.Output<string> {
  const hasId = pulumi.CustomResource.isInstance(resource) && !pulumi.runtime.isDryRun();
  return hasId ? resource.id : resource.urn;
}
