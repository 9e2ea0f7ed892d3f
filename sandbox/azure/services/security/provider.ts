import type { Provider } from "../../arm/resourceType.ts";
import { pricings } from "./pricings.ts";
import { subscriptionSettings } from "./subscriptionSettings.ts";

export const security: Provider = {
  namespace: "Microsoft.Security",
  types: [pricings, subscriptionSettings],
};
