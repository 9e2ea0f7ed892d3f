import { under } from "../../arm/inventory.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { list, oneOf, readOnly, required, structure } from "../../arm/shape.ts";
import type { Resource } from "../../state.ts";
import { listKeys, newKeys, regenerateKeys } from "./accessKeys.ts";
import { childView } from "./childView.ts";
import { badRequest, quotaReached } from "./error.ts";
import { hubType } from "./hub.ts";
import { namespaceType } from "./namespaceNames.ts";
import { versions } from "./versions.ts";

/** event-hubs-quotas.md (MicrosoftDocs/azure-docs), counted for each namespace or hub. */
const maxRules = 12;

const rule = {
  apiVersions: versions,
  naming: {
    check(name: string) {
      if (!/^[\w.-]{1,256}$/.test(name)) throw badRequest(`The rule name '${name}' is invalid.`);
    },
  },
  body: structure({
    location: readOnly,
    systemData: readOnly,
    properties: required(structure({ rights: required(list(oneOf("Manage", "Send", "Listen"))) })),
  }),
  // terraform-provider-azurerm #4893 and #6983, Azure/azure-libraries-for-net #891
  writing: { prepare, secrets: newKeys, overlaps: "getLost" },
  deletion: {
    before(resource: Resource) {
      if (resource.name !== "RootManageSharedAccessKey") return;
      throw badRequest("The authorization rule 'RootManageSharedAccessKey' cannot be deleted.");
    },
  },
  reading: { present: childView, showsLate: "rulesShowLate" },
  actions: { listkeys: listKeys, regeneratekeys: regenerateKeys },
} satisfies Partial<ResourceType>;

/** Shared access policies of a namespace. */
export const namespaceRules: ResourceType = { ...rule, name: `${namespaceType}/authorizationRules` };

/** Shared access policies of one event hub. */
export const hubRules: ResourceType = { ...rule, name: `${hubType}/authorizationRules` };

function prepare({ body, existing, parent, type, world }: Write): void {
  const rights = body.properties["rights"] as string[];
  if (rights.length === 0)
    throw badRequest("At least one of the rights Manage, Send and Listen is required.");
  if (new Set(rights).size < rights.length)
    throw badRequest("The rights of an authorization rule have to be unique.");
  if (rights.includes("Manage") && rights.length < 3) {
    throw badRequest("Manage permission should also include Send and Listen.");
  }
  if (existing) return;
  const siblings = under(world, parent, type.name).length;
  if (siblings >= maxRules) throw quotaReached("AuthorizationRule", siblings, maxRules);
}
