import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { defenderStreaming, type StreamingWishes } from "defender-streaming";

// CommonJS has no `await` outside of functions: the program is one, and its result are the stack's outputs.
export = async () => {
  const config = new pulumi.Config();
  const location = "westeurope";
  const provider = new Provider("security", { location });

  // Each stream takes one of the tenant's export settings, and counts the other's.
  const shared = { location, exportSettingsUsedByOthers: 1 };
  const hubs = await defenderStreaming(
    "hubs",
    { ...config.requireObject<StreamingWishes>("hubs"), ...shared },
    { provider },
  );
  const archive = await defenderStreaming(
    "archive",
    {
      ...shared,
      destinations: ["storage"],
      protect: false, // an example; leave it out where events matter
    },
    { provider },
  );
  return { hubs: hubs.outputs, archive: archive.outputs };
};
