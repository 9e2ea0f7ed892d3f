import { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { defenderStreaming } from "defender-streaming";

const config = new pulumi.Config();

// What the program creates beside the streaming.
const workspace = new ResourceGroup("security-workspace", { location: config.require("region") });

// One call looks up what exists, decides and creates. All settings have their defaults but these.
const streaming = await defenderStreaming("defender", {
  product: "endpoint",
  layout: "single",
  hubName: "defender",
  consumerGroups: ["lake"],
  protect: false, // an example; leave it out where events matter
  // These may be outputs of other resources.
  location: workspace.location,
  tags: { owner: config.require("owner"), workspace: workspace.name },
  portalUsers: [
    {
      name: "Security Operations",
      objectId: "c2a50e7f-94db-4163-b8fe-57d3096ac8e1",
      principalType: "Group",
    },
  ],
  consumers: [
    { name: "lake", objectId: "f7b93c05-48e6-4d12-a0f7-19c8e2d45b6a", principalType: "ServicePrincipal" },
  ],
});

// What to enter in the Defender portal. The next deployment reads it by this name.
export const defender = streaming.outputs;
