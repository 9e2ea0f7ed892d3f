import { Provider } from "@pulumi/azuread/provider.js";
import type { Cloud } from "../streaming/cloud/clouds.ts";

/** azuread's names of the clouds: Graph has one address for GCC High and another for DoD. */
const environments: Readonly<Record<Exclude<Cloud, "public">, string>> = {
  gccHigh: "usgovernmentl4",
  dod: "usgovernmentl5",
};

/** The azuread provider of a cloud; undefined for the public one, whose resources use the default provider. */
export function directoryProvider(cloud: Cloud): Provider | undefined {
  if (cloud === "public") return undefined;
  return new Provider("directory", { environment: environments[cloud] });
}
