import { createsNamespaces, type StreamingRequest } from "../request.ts";
import { sentences } from "../wording/words.ts";
import { eventHubNetworkDefaults } from "./namespaceFirewall.ts";

/** What a person should know about access to new namespaces that breaks no rule. */
export function networkWarnings(request: StreamingRequest): string[] {
  if (!createsNamespaces(request)) return [];
  const { publicAccess, privateEndpoint } = request.eventHubNetwork ?? eventHubNetworkDefaults;
  const byEndpoint = privateEndpoint || Boolean(request.privateEndpoints);
  return sentences(
    publicAccess === "disabled" &&
      "`eventHubNetwork.publicAccess` is disabled. Microsoft's pages say that trusted services still have access, but not whether Defender is one of them. Watch IncomingMessages after the deployment, or use `selected`.",
    publicAccess === "open" &&
      byEndpoint &&
      "The namespaces have private endpoints, but `eventHubNetwork.publicAccess` is open: everyone can still use the public endpoint, so the private ones protect nothing. Write `publicAccess: selected` with a rule, or `disabled`.",
  );
}
