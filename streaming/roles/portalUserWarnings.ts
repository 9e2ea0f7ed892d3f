import { streamsTo } from "../defender/destinations.ts";
import type { NamedPortalUser } from "../people/principals.ts";
import type { StreamingRequest } from "../request.ts";
import { listed, sentences } from "../wording/words.ts";

/** What people need before they can save an export setting. */
export function portalUserWarnings(request: StreamingRequest): string[] {
  return [...noPortalUser(request), ...pimWarnings(request.portalUsers)];
}

function noPortalUser(request: StreamingRequest): string[] {
  const places = sentences(
    streamsTo(request, "eventHub") && "the namespaces",
    streamsTo(request, "storage") && "the storage account",
  );
  return sentences(
    request.portalUsers.length === 0 &&
      `\`portalUsers\` is empty. Anyone who saves the export settings in the Defender portal needs the role Contributor on ${listed(places)}. Without it the portal shows an export error.`,
  );
}

function pimWarnings(portalUsers: readonly NamedPortalUser[]): string[] {
  const eligible = portalUsers.filter(({ access }) => access === "eligible").map(({ name }) => name);
  const managed = portalUsers.filter(({ access = "permanent" }) => access !== "permanent");
  return sentences(
    managed.length > 0 &&
      `Access by PIM (${listed(managed.map(({ name }) => name))}) needs Microsoft Entra ID P2 or Microsoft Entra ID Governance in the tenant. Without the license Azure refuses it with AadPremiumLicenseRequired.`,
    eligible.length > 0 &&
      `${listed(eligible)} must activate Contributor in PIM before saving an export setting in the Defender portal.`,
  );
}
