import { createsNamespaces, type StreamingRequest } from "../request.ts";
import { eventHubNetworkDefaults } from "./namespaceFirewall.ts";

/** What a person should know about who reaches the namespaces that are made, where no rule is broken. */
export function networkWarnings(request: StreamingRequest): string[] {
  if (!createsNamespaces(request)) return [];
  const { publicAccess, privateEndpoint } = request.eventHubNetwork ?? eventHubNetworkDefaults;
  const byEndpoint = privateEndpoint || Boolean(request.privateEndpoints);
  return [
    ...(publicAccess === "disabled"
      ? [
          "`eventHubNetwork.publicAccess` is disabled: Microsoft's pages let trusted services in all the same, but don't say whether Defender's writer is one of them. Watch IncomingMessages after the deployment; with `selected` the question does not arise in this form.",
        ]
      : []),
    ...(publicAccess === "open" && byEndpoint
      ? [
          "The namespaces have private endpoints and `eventHubNetwork.publicAccess` is open: everybody still reaches them over the public endpoint, so the private ones protect nothing. Write `publicAccess: selected` with a rule, or `disabled`.",
        ]
      : []),
  ];
}
