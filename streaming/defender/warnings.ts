import type { StreamingRequest } from "../request.ts";
import { listed, sentences } from "../wording/words.ts";
import { foreignTables, tableNamed } from "./tables.ts";

/** Tables that the portal may not offer, and what the integration installs. */
export function defenderWarnings(request: StreamingRequest, tables: readonly string[]): string[] {
  return [...undocumented(tables), ...foreign(request, tables), ...installs(request)];
}

function undocumented(tables: readonly string[]): string[] {
  const observed = tables.filter((table) => tableNamed(table)?.status === "observed");
  const unlisted = tables.filter((table) => tableNamed(table) === undefined);
  return sentences(
    observed.length > 0 &&
      `${listed(observed)}: not in Microsoft's list of streamed tables, only observed in tenants. The portal may not offer them, and Microsoft may stop streaming them without notice.`,
    unlisted.length > 0 &&
      `${listed(unlisted)}: unknown to this project and used as written. Check the spelling. The portal may not offer them.`,
  );
}

function foreign({ product }: StreamingRequest, tables: readonly string[]): string[] {
  const foreigners = foreignTables(product, tables);
  return sentences(
    foreigners.length > 0 &&
      `${listed(foreigners)}: Defender for Endpoint alone streams only device tables; the others need Defender XDR. The portal may not offer them.`,
  );
}

function installs({ endpointIntegration }: StreamingRequest): string[] {
  return sentences(
    endpointIntegration &&
      "`endpointIntegration` installs Defender for Endpoint on every server that a Defender for Servers plan covers. Their events arrive hours later. Turning the integration off again uninstalls nothing.",
  );
}
