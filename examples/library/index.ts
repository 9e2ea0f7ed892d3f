import { ResourceGroup } from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { decide, DefenderStreaming, lookUp, requestWith } from "defender-streaming";

const config = new pulumi.Config();

// What the program makes beside the streaming.
const workspace = new ResourceGroup("security-workspace", { location: config.require("region") });

// What is asked: all defaults but these. They are plain values, because the plan is made before anything exists.
const request = requestWith({
  product: "endpoint",
  layout: "single",
  hubName: "defender",
  consumerGroups: ["lake"],
  protect: false, // an example; leave it out where events matter
});

// What stands, and what is to be. Nothing that was placed moves.
const known = await lookUp("defender", request, { output: "defender" });
const { plan, warnings, notices } = decide(request, known);

// What is created. Here values may be outputs of other resources.
const streaming = new DefenderStreaming("defender", {
  ...request,
  plan,
  live: known.last.live,
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

for (const sentence of [...warnings, ...notices]) void pulumi.log.warn(sentence);

// What to enter in the Defender portal; `lookUp` reads it back by this name.
export const defender = streaming.outputs;
