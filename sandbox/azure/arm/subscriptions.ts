import { subscriptionId, subscriptionName, tenantDomain, tenantId, tenantName } from "../tenant.ts";
import { locations } from "./locations.ts";

export const subscription = {
  id: `/subscriptions/${subscriptionId}`,
  authorizationSource: "RoleBased",
  managedByTenants: [],
  subscriptionId,
  tenantId,
  displayName: subscriptionName,
  state: "Enabled",
  subscriptionPolicies: {
    locationPlacementId: "Public_2014-09-01",
    quotaId: "EnterpriseAgreement_2014-09-01",
    spendingLimit: "Off",
  },
};

export const tenant = {
  id: `/tenants/${tenantId}`,
  tenantId,
  countryCode: "DE",
  displayName: tenantName,
  domains: [tenantDomain],
  defaultDomain: tenantDomain,
  tenantType: "AAD",
  tenantCategory: "Home",
};

export const subscriptionLocations = locations.map(({ name, displayName, zones }) => ({
  id: `/subscriptions/${subscriptionId}/locations/${name}`,
  name,
  type: "Region",
  displayName,
  regionalDisplayName: displayName,
  metadata: { regionType: "Physical" },
  ...(zones && {
    availabilityZoneMappings: ["1", "2", "3"].map((zone) => ({
      logicalZone: zone,
      physicalZone: `${name}-az${zone}`,
    })),
  }),
}));
