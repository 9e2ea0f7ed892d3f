import type { Properties } from "../properties.ts";
import { type BridgedType, lastSegment, problems, text, texts } from "./bridgedType.ts";
import { changeOwners, firstOwners, leaveUnlessWanted, ownersOf } from "./owners.ts";

const body = (inputs: Properties): Properties => ({
  displayName: text(inputs["displayName"]),
  description: text(inputs["description"]) || null,
  notes: text(inputs["notes"]) || null,
  signInAudience: text(inputs["signInAudience"]),
  tags: texts(inputs["tags"]),
});

/** application_resource.go (hashicorp/terraform-provider-azuread). */
export const application: BridgedType = {
  inputs: {
    displayName: { required: true, problem: problems.empty("display_name") },
    description: {},
    notes: {},
    owners: { set: true, problem: problems.uuid("owners") },
    signInAudience: { default: "AzureADMyOrg" },
    tags: { set: true, optionalComputed: true },
  },
  computed: [
    "clientId",
    "objectId",
    "publisherDomain",
    "disabledByMicrosoft",
    "logoUrl",
    "appRoleIds",
    "oauth2PermissionScopeIds",
  ],

  async create(directory, inputs) {
    const { graph } = directory;
    const owners = texts(inputs["owners"]);
    const created = await graph.send("POST", "/applications", {
      ...body(inputs),
      ...firstOwners(directory, owners),
    });
    const id = `/applications/${text(created["id"])}`;
    await leaveUnlessWanted(directory, id, owners);
    return { id };
  },

  async read({ graph }, id) {
    const application = await graph.find(id);
    if (!application) return undefined;
    return {
      clientId: text(application["appId"]),
      objectId: lastSegment(id),
      displayName: text(application["displayName"]),
      description: text(application["description"]),
      notes: text(application["notes"]),
      signInAudience: text(application["signInAudience"]),
      tags: texts(application["tags"]),
      publisherDomain: text(application["publisherDomain"]),
      disabledByMicrosoft: text(application["disabledByMicrosoftStatus"]),
      logoUrl: "",
      appRoleIds: {},
      oauth2PermissionScopeIds: {},
      owners: await ownersOf(graph, id),
    };
  },

  async update({ graph }, id, inputs, before) {
    await graph.send("PATCH", id, body({ ...inputs, tags: inputs["tags"] ?? before["tags"] }));
    await changeOwners(graph, id, texts(inputs["owners"]));
  },

  async delete({ graph }, id) {
    await graph.send("DELETE", id);
  },
};
