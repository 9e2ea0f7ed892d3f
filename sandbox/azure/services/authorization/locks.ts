import { lockType } from "../../arm/locks.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { list, oneOf, readOnly, required, structure, text } from "../../arm/shape.ts";
import { around } from "./around.ts";

/** Belongs to what it locks, and is deleted with it. Each operation checks what it forbids. */
export const locks: ResourceType = {
  name: lockType,
  apiVersions: ["2015-01-01", "2016-09-01", "2017-04-01", "2020-05-01"],
  scopes: ["subscription", "resourceGroup", "resource"],
  body: structure({
    systemData: readOnly,
    properties: required(
      structure({
        level: required(oneOf("CanNotDelete", "ReadOnly")),
        notes: text({ max: 512 }),
        owners: list(structure({ applicationId: text() })),
      }),
    ),
  }),
  writing: { status: { created: 201, updated: 200 } },
  reading: { showsLate: "locksShowLate", list: (scope, view) => around(lockType, scope, view) },
};
