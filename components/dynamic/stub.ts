import * as pulumi from "@pulumi/pulumi";
import type { Code, DynamicType } from "./contract.ts";

/** By the package's name, so that it is found from the program's folder, whether that is the checkout or a program with the library. */
const code = "defender-streaming/dynamic";

/** The number of the stub's text. A new text takes the next number: then the next deployment writes it into the states. */
const revision = 1;

/** A dynamic resource, whose state holds a stub in the place of its code. */
export abstract class DynamicResource extends pulumi.dynamic.Resource {
  constructor(type: DynamicType, name: string, args: object, options?: pulumi.CustomResourceOptions) {
    super(stubOf(type), name, { ...args, revision }, options, "defender-streaming", type);
  }
}

const stubs = new Map<DynamicType, pulumi.dynamic.ResourceProvider>();

function stubOf(type: DynamicType): pulumi.dynamic.ResourceProvider {
  const made = stubs.get(type) ?? stub(type);
  stubs.set(type, made);
  return made;
}

/**
 * What Pulumi keeps in the state and runs, for refreshes and deletions in the version that was deployed last. It only imports the code, so
 * that always runs in the version that is installed.
 *
 * `configure` gets the stack's configuration. Other methods may be called before it has returned (@pulumi/pulumi
 * `cmd/dynamic-provider`, getProvider), so it stores it at once, in an object: serialized functions share no variable.
 */
function stub(type: DynamicType): pulumi.dynamic.ResourceProvider {
  const given: { config?: pulumi.dynamic.Config } = {};
  const provider = async () => {
    const { providerOf } = (await import(code)) as Code;
    return providerOf(type, given.config);
  };
  return {
    configure({ config }) {
      given.config = config;
      return Promise.resolve();
    },
    create: async (inputs) => (await provider()).create(inputs),
    read: async (id, outputs) => (await provider()).read(id, outputs),
    update: async (id, olds, news) => (await provider()).update(id, olds, news),
    delete: async (id, outputs) => (await provider()).delete(id, outputs),
    diff: async (id, olds, news) => (await provider()).diff(id, olds, news),
  };
}
