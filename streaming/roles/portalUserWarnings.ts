import { streamsTo } from "../defender/destinations.ts";
import type { NamedPortalUser } from "../people/principals.ts";
import type { StreamingRequest } from "../request.ts";
import { listed, sentences } from "../wording/words.ts";

/** What people need before they can save an export setting. */
export function portalUserWarnings(request: StreamingRequest): string[] {
  const { portalUsers } = request;
  const places = sentences(
    streamsTo(request, "eventHub") && "the namespaces",
    streamsTo(request, "storage") && "the storage account",
  );
  const eligible = namesOf(portalUsers.filter(({ access }) => access === "eligible"));
  const managed = namesOf(portalUsers.filter(({ access = "permanent" }) => access !== "permanent"));
  return sentences(
    portalUsers.length === 0 &&
      `\`portalUsers\` names nobody: whoever saves the export settings in the Defender portal needs the role Contributor on ${listed(places)}, or the portal answers with an export error.`,
    managed.length > 0 &&
      `Access by PIM (${listed(managed)}) needs Microsoft Entra ID P2 or Microsoft Entra ID Governance in the tenant; without the license Azure refuses it with AadPremiumLicenseRequired.`,
    eligible.length > 0 &&
      `${listed(eligible)}: eligible for Contributor, and to activate it in PIM before saving an export setting in the Defender portal.`,
  );
}

const namesOf = (users: readonly NamedPortalUser[]) => users.map(({ name }) => name);
