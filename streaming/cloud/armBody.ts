/** A resource as Azure Resource Manager is asked for it. */
export interface ArmBody {
  readonly location?: string;
  /** Absent for what can have none. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly kind?: string;
  readonly sku?: object;
  readonly identity?: object;
  readonly properties: object;
}

/** The same in azure-native's shape, as far as it is known. */
type Inputs = Omit<ArmBody, "identity" | "properties"> & {
  readonly identity?: {
    readonly type: string;
    readonly userAssignedIdentities: readonly (string | undefined)[];
  };
};

/** What azure-native calls otherwise than Azure does. */
const azureNames: Readonly<Record<string, string>> = {
  enableHttpsTrafficOnly: "supportsHttpsTrafficOnly",
  networkRuleSet: "networkAcls",
  iPAddressOrRange: "value",
  virtualNetworkResourceId: "id",
  encryptionIdentity: "identity",
  encryptionUserAssignedIdentity: "userAssignedIdentity",
};

/** What azure-native sends for these inputs. */
export function armBody({ location, tags, kind, sku, identity, ...properties }: Inputs): ArmBody {
  const ids = identity?.userAssignedIdentities.filter((id) => id !== undefined) ?? [];
  return {
    location,
    tags,
    kind,
    sku,
    identity: identity && {
      type: identity.type,
      userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])),
    },
    properties: inAzure(properties) as object,
  };
}

function inAzure(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(inAzure);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      azureNames[name] ?? name,
      name === "privateLinkServiceConnections" ? (value as object[]).map(nested) : inAzure(value),
    ]),
  );
}

const nested = ({ name, ...properties }: { name?: unknown }) => ({ name, properties });
