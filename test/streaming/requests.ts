import { mistakesIn } from "../../streaming/check.ts";
import { presets } from "../../streaming/defender/tables.ts";
import type { Consumer, PortalUser } from "../../streaming/people/principals.ts";
import type { Plan } from "../../streaming/planned.ts";
import type { StreamingRequest } from "../../streaming/request.ts";
import { MistakesError, type Mistake } from "../../streaming/wording/mistakes.ts";

/** A request in which everybody is named by object id. */
interface KnownRequest extends StreamingRequest {
  readonly portalUsers: readonly PortalUser[];
  readonly consumers: readonly Consumer[];
}

/** All 21 tables on Standard, a hub each. */
export function request(changes: Partial<StreamingRequest> = {}): KnownRequest {
  return {
    product: "xdr",
    tables: presets.xdr,
    layout: "perTable",
    tier: "Standard",
    throughputUnits: 1,
    autoInflate: false,
    partitionCount: 4,
    retentionHours: 24,
    consumerGroups: [],
    portalUsers: [{ name: "Ada", objectId: "0c6f3f0e-8a5b-4f59-9d25-5a0e7f1f6b11", principalType: "User" }],
    consumers: [],
    roles: "manage",
    roleScope: "destination",
    ownsSharedRoles: false,
    exportSettingsUsedByOthers: 0,
    maxEventTypesPerSetting: 10,
    allowDataLoss: [],
    ...changes,
  } as KnownRequest;
}

/** The mistakes that a change brings into a request without any. */
export function mistakesWith(changes: Partial<StreamingRequest>): Mistake[] {
  return mistakesIn(request(changes));
}

/** The export settings of the hubs. */
export function hubsSettings({ exportSettings }: Plan) {
  return exportSettings.filter((setting) => setting.destination === "eventHub");
}

/** The mistakes that something throws; none when it does not. */
export function mistakesThrown(run: () => unknown): readonly Mistake[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof MistakesError) return error.mistakes;
    throw error;
  }
}
