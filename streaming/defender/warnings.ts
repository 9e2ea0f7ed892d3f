import type { StreamingRequest } from "../request.ts";
import { listed } from "../wording/words.ts";
import { foreignTables, tableNamed } from "./tables.ts";

/** Tables that may not be offered in the portal, and what the integration installs. */
export function defenderWarnings(request: StreamingRequest, tables: readonly string[]): string[] {
  return [...undocumented(tables), ...foreign(request, tables), ...installs(request)];
}

function undocumented(tables: readonly string[]): string[] {
  const observed = tables.filter((table) => tableNamed(table)?.status === "observed");
  const unlisted = tables.filter((table) => tableNamed(table) === undefined);
  return [
    ...(observed.length === 0
      ? []
      : [
          `${listed(observed)}: not in Microsoft's list of streamed tables, only observed in tenants. The portal may not offer them, or they may stop without notice.`,
        ]),
    ...(unlisted.length === 0
      ? []
      : [
          `${listed(unlisted)}: unknown to this project and taken as written. Check the spelling; the portal may not offer them.`,
        ]),
  ];
}

function foreign({ product }: StreamingRequest, tables: readonly string[]): string[] {
  const foreigners = foreignTables(product, tables);
  return foreigners.length === 0
    ? []
    : [
        `${listed(foreigners)}: Defender for Endpoint alone streams device tables; the rest needs Defender XDR. The portal may not offer them.`,
      ];
}

function installs({ endpointIntegration }: StreamingRequest): string[] {
  return endpointIntegration
    ? [
        "`endpointIntegration` installs Defender for Endpoint on every server of the subscription that a Defender for Servers plan covers. Their rows come hours later, and switching it off again uninstalls nothing.",
      ]
    : [];
}
