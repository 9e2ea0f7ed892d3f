import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { DefenderStreaming, lastDeployment, plan, requestWith, type Wishes } from "defender-streaming";

// CommonJS has no `await` outside of functions: the program is one, and its result are the stack's outputs.
export = async () => {
  const config = new pulumi.Config();
  const location = "westeurope";
  const provider = new Provider("security", { location });

  // Each stream takes one of the tenant's export settings, and is told of the other's.
  const hubs = requestWith({ ...config.requireObject<Wishes>("hubs"), exportSettingsUsedByOthers: 1 });
  const archive = requestWith({
    destinations: ["storage"],
    protect: false, // an example; leave it out where events matter
    exportSettingsUsedByOthers: 1,
  });

  const last = await lastDeployment({ provider, output: "hubs" });
  const hubsStream = new DefenderStreaming(
    "hubs",
    { ...hubs, plan: plan(hubs, last.placement), live: last.live, location },
    { provider },
  );
  const archiveStream = new DefenderStreaming(
    "archive",
    { ...archive, plan: plan(archive), location },
    { provider },
  );
  return { hubs: hubsStream.outputs, archive: archiveStream.outputs };
};
