import { ArmError } from "../../arm/error.ts";
import type { ResourceType } from "../../arm/resourceType.ts";
import { flag, oneOf, required, structure } from "../../arm/shape.ts";
import type { Body } from "../../state.ts";
import { subscriptionNotRegistered } from "./error.ts";
import { listGiven, spelledAs } from "./given.ts";

const typeName = "Microsoft.Security/settings";
const kinds: Readonly<Record<string, "DataExportSettings" | "AlertSyncSettings">> = {
  MCAS: "DataExportSettings",
  WDATP: "DataExportSettings",
  WDATP_EXCLUDE_LINUX_PUBLIC_PREVIEW: "DataExportSettings",
  WDATP_UNIFIED_SOLUTION: "DataExportSettings",
  Sentinel: "AlertSyncSettings",
};
const names = Object.keys(kinds);

/** All switches of a fresh subscription are off. Azure has some on, depending on its age and its plans. */
function given(name: string): Body | undefined {
  const kind = kinds[spelledAs(name, names) ?? ""];
  return kind && { kind, properties: { enabled: false } };
}

/** A subscription's switches (Azure/bicep-types-az, generated/security): each exists from the start, and none is ever deleted. */
export const subscriptionSettings: ResourceType = {
  name: typeName,
  apiVersions: ["2019-01-01", "2021-06-01", "2021-07-01", "2022-05-01"],
  scopes: ["subscription"],
  singleton: true,
  naming: { given },
  body: structure({
    kind: required(oneOf("DataExportSettings", "AlertSyncSettings")),
    properties: structure({ enabled: required(flag) }),
  }),
  writing: {
    prepare({ name, body }) {
      const kind = kinds[spelledAs(name, names) ?? ""];
      if (kind === undefined || body["kind"] === kind) return;
      throw new ArmError(400, "BadRequest", `The setting '${name}' is of kind '${kind}'.`);
    },
  },
  reading: { whenUnregistered: subscriptionNotRegistered, list: listGiven(typeName, names, given) },
};
