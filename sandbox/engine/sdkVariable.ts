/** The environment variable that tells the programs beside the engine where `@pulumi/pulumi` is. */
export const sdkVariable = "SANDBOX_PULUMI_SDK";
