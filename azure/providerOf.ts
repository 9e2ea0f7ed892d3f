import { Provider as AzureProvider } from "@pulumi/azure-native/provider.js";
import { Provider as DirectoryProvider } from "@pulumi/azuread/provider.js";
import type * as pulumi from "@pulumi/pulumi";

const classes = { "azure-native": AzureProvider, azuread: DirectoryProvider };

export type ProviderPackage = keyof typeof classes;

/** The provider of a package that resources with these options have. Undefined: the default one. */
export function providerOf(
  { provider, providers, parent }: pulumi.ComponentResourceOptions,
  name: ProviderPackage,
): pulumi.ProviderResource | undefined {
  const all = [provider, ...Object.values(providers ?? {})];
  return (
    all.findLast((one): boolean => classes[name].isInstance(one)) ??
    parent?.getProvider(`${name}:index:Resource`)
  );
}
