import type { Provider } from "../../arm/resourceType.ts";
import { activityLog } from "./activityLog.ts";
import { metrics } from "./metrics.ts";

export const insights: Provider = {
  namespace: "Microsoft.Insights",
  types: [],
  questions: { metrics, "eventtypes/values": activityLog },
};
