import { listenRuleOf } from "../consumers/provision.ts";
import type { LiveNamespace, LiveNamespaces } from "../eventHubs/liveNamespace.ts";
import { policyInputs } from "../eventHubs/body.ts";
import { sharedAccessRulesAllowed, tiers } from "../eventHubs/tiers.ts";
import { asFound } from "../cloud/found.ts";
import { clusterRoomMistakes } from "../existing/cluster.ts";
import type { ExistingFacts } from "../existing/facts.ts";
import type { Plan, PlannedNamespace } from "../planned.ts";
import type { StreamingRequest } from "../request.ts";
import type { Mistake } from "../wording/mistakes.ts";
import { count, listed } from "../wording/words.ts";

interface Current {
  readonly live?: LiveNamespaces | undefined;
  readonly existing?: ExistingFacts | undefined;
}

/** Namespaces, consumer groups and shared access rules for which there is no room until old ones are deleted, which comes last. */
export function crowdingMistakes(
  plan: Plan,
  request: StreamingRequest,
  { live = {}, existing }: Current,
): Mistake[] {
  const created = plan.namespaces.filter(
    ({ key, isReplaced, existing }) => !existing && (isReplaced || live[key] === undefined),
  );
  return [
    ...clusterRoomMistakes(request, created.length, asFound(existing?.cluster)),
    ...plan.namespaces.flatMap((namespace) => {
      const now = live[namespace.key];
      return now && !namespace.isReplaced ? crowded(namespace, plan, now) : [];
    }),
  ];
}

function crowded(namespace: PlannedNamespace, { consumers }: Plan, now: LiveNamespace): Mistake[] {
  const { key, tier, hubs } = namespace;
  const { consumerGroups = [], hubRules = [], namespaceRules = [] } = now.access ?? {};
  const rulesAt = (scope: "hub" | "namespace") =>
    consumers.flatMap(({ provision }) => (provision.listens === scope ? [listenRuleOf(provision)] : []));
  const onHubs = hubs
    .filter(({ name }) => now.hubs[name] !== undefined)
    .slice(0, 1)
    .flatMap(({ consumerGroups: groups, hasPolicy }): Crowd[] => {
      const where = `A hub of ${key}`;
      const rules = [...rulesAt("hub"), ...(hasPolicy ? [policyInputs.authorizationRuleName] : [])];
      // $Default is one of the groups.
      const most = tiers[tier].consumerGroups - 1;
      return [
        { where, thing: "consumer group", old: consumerGroups, planned: groups, most },
        { where, thing: rule, old: hubRules, planned: rules, most: sharedAccessRulesAllowed.hub },
      ];
    });
  const { namespace: most } = sharedAccessRulesAllowed;
  return [
    ...onHubs,
    { where: key, thing: rule, old: namespaceRules, planned: rulesAt("namespace"), most },
  ].flatMap(tooMany);
}

const rule = "shared access rule";

/** Old and new ones that stand side by side until the end of a deployment. */
interface Crowd {
  readonly where: string;
  readonly thing: string;
  readonly old: readonly string[];
  readonly planned: readonly string[];
  readonly most: number;
}

function tooMany({ where, thing, old, planned, most }: Crowd): Mistake[] {
  const without = (names: readonly string[], others: readonly string[]) =>
    names.filter((name) => !others.some((other) => other.toLowerCase() === name.toLowerCase()));
  const [going, coming] = [without(old, planned), without(planned, old)];
  const together = going.length + planned.length;
  if (together <= most || coming.length === 0) return [];
  return [
    {
      key: "consumers",
      value: listed(coming),
      rule: `${where} has room for ${count(most, thing)} of this stack. It would have ${together} until the old ones are deleted: ${listed(going)}.`,
      fix: `First remove what needs ${listed(going)} and run \`pulumi up\`, then add ${listed(coming)}.`,
    },
  ];
}
