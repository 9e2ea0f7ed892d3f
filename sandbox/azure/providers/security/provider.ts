import type { Provider } from "../../arm/resourceType.ts";
import { pricings } from "./pricings.ts";
import { settings } from "./settings.ts";

export const security: Provider = { namespace: "Microsoft.Security", types: [pricings, settings] };
