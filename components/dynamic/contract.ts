import type * as pulumi from "@pulumi/pulumi";

/** The types of dynamic resources, as they are in URNs. */
export type DynamicType =
  | "ContainerImmutability"
  | "EndpointIntegration"
  | "KeyDelivery"
  | "ProviderRegistration"
  | "RoleInEffect"
  | "TimeBoundAssignment";

/** What `defender-streaming/dynamic` exports. The stubs in the states of deployed stacks call it: names, arguments and methods stay. */
export interface Code {
  /**
   * The code of a type.
   *
   * @param config the stack's configuration
   */
  readonly providerOf: (
    type: DynamicType,
    config?: pulumi.dynamic.Config,
  ) => Required<Omit<pulumi.dynamic.ResourceProvider, "configure" | "check">>;
}
