import { lockNotices } from "./changes/lockNotices.ts";
import { changeNotices } from "./changes/notices.ts";
import { replacementNotices } from "./changes/replacementNotices.ts";
import { deliveryVaultMistakes } from "./consumers/deliveryVaults.ts";
import { keyMistakes, keyWarnings } from "./encryption/keyFacts.ts";
import { unitWarnings } from "./eventHubs/warnings.ts";
import type { Known } from "./known.ts";
import { hostNameMistakes, hostNameNotices } from "./naming/hostNameChecks.ts";
import { networkMistakes } from "./network/existingNetwork.ts";
import { zoneLinkMistakes, zoneLinkNotices } from "./network/zoneLinks.ts";
import type { Principals } from "./people/identities.ts";
import { planOrMistakes } from "./plan.ts";
import type { Plan } from "./planned.ts";
import type { StreamingRequest } from "./request.ts";
import { accessChangeMistakes } from "./roles/accessChanges.ts";
import { accessNotices } from "./roles/accessNotices.ts";
import { existingGrantMistakes, existingGrantNotices } from "./roles/existingGrants.ts";
import type { Check, Remark } from "./rule.ts";
import { MistakesError } from "./wording/mistakes.ts";

/** What a deployment will be. */
export interface Decision extends Principals {
  readonly plan: Plan;
  /** What is allowed and still worth a second thought, as long as it exists. */
  readonly warnings: readonly string[];
  /** What this one deployment does that a person should know of. */
  readonly notices: readonly string[];
}

const checks: readonly Check[] = [
  keyMistakes,
  deliveryVaultMistakes,
  networkMistakes,
  hostNameMistakes,
  zoneLinkMistakes,
  accessChangeMistakes,
  existingGrantMistakes,
];

const warnings: readonly Remark[] = [({ plan }) => plan.warnings, unitWarnings, keyWarnings];

const notices: readonly Remark[] = [
  changeNotices,
  replacementNotices,
  accessNotices,
  existingGrantNotices,
  hostNameNotices,
  zoneLinkNotices,
  lockNotices,
];

/**
 * Decides what a deployment will be. Nothing that was placed moves.
 *
 * @param now when the deployment is asked for.
 * @throws MistakesError with everything that keeps Azure, or what exists there, from doing as asked.
 */
export function decide(request: StreamingRequest, known: Known, now = new Date()): Decision {
  const { found, mistakes: notFound } = known.principals;
  const { plan, mistakes } = planOrMistakes(request, { people: found, ...known.last, ...known });
  const situation = { ...known, request, now };
  const all = [...notFound, ...mistakes, ...checks.flatMap((check) => check(situation))];
  if (!plan || all.length > 0) throw new MistakesError(all);
  const said = (remarks: readonly Remark[]) => remarks.flatMap((remark) => remark({ ...situation, plan }));
  return { ...found, plan, warnings: said(warnings), notices: said(notices) };
}
