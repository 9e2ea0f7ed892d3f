import { find, under } from "../../arm/inventory.ts";
import { parentOf } from "../../arm/resourceId.ts";
import type { ResourceType, Write } from "../../arm/resourceType.ts";
import { readOnly, structure, text } from "../../arm/shape.ts";
import { childView } from "./childView.ts";
import { badRequest, cleanUpPending, quotaReached } from "./error.ts";
import { hubType } from "./hub.ts";
import { tierOf } from "./tiers.ts";
import { versions } from "./versions.ts";

/** `$Default` exists from the start and is kept. */
export const consumerGroups: ResourceType = {
  name: `${hubType}/consumergroups`,
  apiVersions: versions,
  naming: {
    check(name) {
      if (/^[a-z0-9]([\w.-]{0,48}[a-z0-9])?$/i.test(name)) return;
      throw badRequest(
        `The consumer group name '${name}' is invalid: 1 to 50 letters, numbers, periods, hyphens and underscores, starting and ending with a letter or number.`,
      );
    },
  },
  body: structure({
    location: readOnly,
    systemData: readOnly,
    properties: structure({ userMetadata: text({ max: 1024 }), createdAt: readOnly, updatedAt: readOnly }),
  }),
  writing: { prepare },
  deletion: {
    hangs: cleanUpPending,
    before(group) {
      if (group.name === "$Default")
        throw badRequest("The default consumer group '$Default' cannot be deleted.");
    },
  },
  reading: {
    present: (group, view) => ({
      ...childView(group, view),
      properties: { createdAt: group.createdAt, updatedAt: group.updatedAt },
    }),
  },
};

function prepare({ existing, parent, type, world }: Write): void {
  const namespace = find(world, parentOf(parent));
  if (existing || !namespace) return;
  const tier = tierOf(namespace);
  if (tier.name === "Basic") {
    throw badRequest(
      `The operation can't be done on entity type 'ConsumerGroup' because the namespace '${namespace.name}' is using 'Basic' tier.`,
    );
  }
  const groups = under(world, parent, type.name).length;
  if (groups >= tier.consumerGroups) throw quotaReached("ConsumerGroup", groups, tier.consumerGroups);
}
