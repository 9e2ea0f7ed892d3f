import { type BridgedType, lastSegment, problems, text, texts } from "./bridgedType.ts";
import type { Properties } from "../properties.ts";
import { changeOwners, firstOwners, leaveUnlessWanted, ownersOf } from "./owners.ts";

const body = (inputs: Properties): Properties => ({
  accountEnabled: inputs["accountEnabled"] ?? true,
  appRoleAssignmentRequired: inputs["appRoleAssignmentRequired"] ?? false,
  description: text(inputs["description"]) || null,
  notes: text(inputs["notes"]) || null,
  tags: texts(inputs["tags"]),
});

/** service_principal_resource.go (hashicorp/terraform-provider-azuread). */
export const servicePrincipal: BridgedType = {
  inputs: {
    clientId: { required: true, forceNew: true, problem: problems.uuid("client_id") },
    accountEnabled: { default: true },
    appRoleAssignmentRequired: {},
    description: {},
    notes: {},
    owners: { set: true, problem: problems.uuid("owners") },
    tags: { set: true, optionalComputed: true },
  },
  computed: [
    "objectId",
    "displayName",
    "applicationTenantId",
    "servicePrincipalNames",
    "signInAudience",
    "type",
  ],

  async create(directory, inputs) {
    const { graph } = directory;
    const clientId = text(inputs["clientId"]);
    const { value } = await graph.get(
      `/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${clientId}'`)}`,
    );
    const [existing] = Array.isArray(value) ? (value as Properties[]) : [];
    if (existing) {
      throw new Error(
        `A resource with the ID "${text(existing["id"])}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azuread_service_principal" for more information.`,
      );
    }
    const owners = texts(inputs["owners"]);
    const created = await graph.send("POST", "/servicePrincipals", {
      ...body(inputs),
      appId: clientId,
      ...firstOwners(directory, owners),
    });
    const id = `/servicePrincipals/${text(created["id"])}`;
    await leaveUnlessWanted(directory, id, owners);
    return { id };
  },

  async read({ graph }, id) {
    const principal = await graph.find(id);
    if (!principal) return undefined;
    const clientId = text(principal["appId"]);
    return {
      clientId,
      objectId: lastSegment(id),
      displayName: text(principal["displayName"]),
      accountEnabled: principal["accountEnabled"],
      appRoleAssignmentRequired: principal["appRoleAssignmentRequired"],
      applicationTenantId: text(principal["appOwnerOrganizationId"]),
      description: text(principal["description"]),
      notes: text(principal["notes"]),
      owners: await ownersOf(graph, id),
      servicePrincipalNames: texts(principal["servicePrincipalNames"]).filter((name) => name !== clientId),
      signInAudience: text(principal["signInAudience"]),
      tags: texts(principal["tags"]),
      type: text(principal["servicePrincipalType"]),
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
