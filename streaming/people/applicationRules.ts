import { type ClientSecret, type ConsumerApplication, isUserPrincipalName } from "./application.ts";
import type { FederatedCredential, KubernetesServiceAccount } from "./federatedCredential.ts";
import type { AskedConsumer } from "./identities.ts";
import { type Mistake, mistakes } from "../wording/mistakes.ts";
import { instantOf } from "./instants.ts";
import { objectIdMistakes } from "./principalRules.ts";

/** What is wrong with an application that the stack should create; keys are within it. */
export function applicationMistakes(application: ConsumerApplication): Mistake[] {
  const { federatedCredential, clientSecret } = application;
  return [
    ...displayNameMistakes(application),
    ...ownerMistakes(application),
    ...oneCredential(application),
    ...(federatedCredential ? under("federatedCredential", federatedMistakes(federatedCredential)) : []),
    ...(clientSecret ? under("clientSecret", secretMistakes(clientSecret)) : []),
  ];
}

const under = (key: string, mistakes: readonly Mistake[]): Mistake[] =>
  mistakes.map((mistake) => ({ ...mistake, key: mistake.key === "" ? key : `${key}.${mistake.key}` }));

const longestDisplayName = 256;

function displayNameMistakes({ displayName }: ConsumerApplication): Mistake[] {
  if (displayName === undefined) return [];
  if (displayName.trim() !== "" && displayName.length <= longestDisplayName) return [];
  return [
    {
      key: "displayName",
      value: displayName,
      rule: `An application's name has 1 to ${longestDisplayName} characters.`,
      fix: "Write a name that you will recognize in Entra ID, or remove the key.",
    },
  ];
}

/** directory-service-limits-restrictions.md (MicrosoftDocs/entra-docs). */
const mostOwners = 100;

function ownerMistakes({ owners = [] }: ConsumerApplication): Mistake[] {
  const mistakes = owners.flatMap((owner, index): Mistake[] => {
    const key = `owners[${index}]`;
    if (owners.findIndex((other) => other.toLowerCase() === owner.toLowerCase()) < index) {
      return [
        { key, value: owner, rule: "Each owner can be in the list once.", fix: "Remove one of the two." },
      ];
    }
    return isUserPrincipalName(owner) ? [] : objectIdMistakes(key, owner);
  });
  if (owners.length <= mostOwners) return mistakes;
  const rule = `An application has at most ${mostOwners} owners.`;
  return [{ key: "owners", value: owners.length, rule, fix: "Name fewer owners." }, ...mistakes];
}

function oneCredential({ federatedCredential, clientSecret }: ConsumerApplication): Mistake[] {
  const rule =
    "An application has one credential: `federatedCredential` (better: there is no secret to store or rotate) or `clientSecret`.";
  if (federatedCredential && clientSecret) {
    const fix =
      "Remove `clientSecret` if the consumer can get a token from an issuer. Otherwise remove `federatedCredential`.";
    return [{ key: "clientSecret", value: clientSecret, rule, fix }];
  }
  if (federatedCredential || clientSecret) return [];
  const fix =
    "Write `federatedCredential: {issuer: …, subject: …}`, `federatedCredential: {kubernetes: {…}}`, or `clientSecret: {endDate: …}`.";
  return [{ key: "", value: undefined, rule, fix }];
}

/** Limits: workload-identity-federation-considerations.md (MicrosoftDocs/entra-docs). */
const longestClaim = 600;

function federatedMistakes(credential: FederatedCredential): Mistake[] {
  const { issuer, subject, audience, kubernetes } = credential;
  const audienceMistakes = audience === undefined ? [] : claimMistakes("audience", audience);
  if (!kubernetes) {
    return [
      ...(issuer === undefined
        ? [missing("issuer", "https://token.actions.githubusercontent.com")]
        : issuerMistakes("issuer", issuer)),
      ...(subject === undefined
        ? [missing("subject", "repo:contoso/siem:environment:production")]
        : subjectMistakes(issuer ?? "", subject)),
      ...audienceMistakes,
    ];
  }
  const beside = (["issuer", "subject"] as const).filter((key) => credential[key] !== undefined);
  return [
    ...beside.map((key) => ({
      key,
      value: credential[key],
      rule: "`kubernetes` sets issuer and subject from the service account.",
      fix: `Remove \`${key}\` or \`kubernetes\`.`,
    })),
    ...under("kubernetes", kubernetesMistakes(kubernetes)),
    ...audienceMistakes,
  ];
}

function missing(key: string, example: string): Mistake {
  const rule = "A federated credential needs `issuer` and `subject`, or `kubernetes`.";
  return { key, value: undefined, rule, fix: `Write for example \`${key}: ${example}\`.` };
}

function claimMistakes(key: string, value: string): Mistake[] {
  if (value !== "" && value.trim() === value && value.length <= longestClaim && !value.includes("*"))
    return [];
  const rule = `It must have 1 to ${longestClaim} characters, no space at the start or end, and no wildcard. Entra ID compares it exactly.`;
  return [{ key, value, rule, fix: "Write exactly what the token contains." }];
}

function issuerMistakes(key: string, issuer: string): Mistake[] {
  const mistakes = claimMistakes(key, issuer);
  if (mistakes.length > 0) return mistakes;
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url?.protocol === "https:" && url.search === "" && url.hash === "" && !/\s/.test(issuer)) return [];
  return [
    {
      key,
      value: issuer,
      rule: "An issuer is an https address without a query, exactly as in the tokens, with or without a slash at the end.",
      fix: "Copy `issuer` from <issuer>/.well-known/openid-configuration. For an AKS cluster: `az aks show --query oidcIssuerProfile.issuerUrl`.",
    },
  ];
}

const label = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
const subdomain = `${label}(?:\\.${label})*`;
const namespacePattern = new RegExp(`^${label}$`);
const accountPattern = new RegExp(`^(?=.{1,253}$)${subdomain}$`);
const serviceAccountSubject = new RegExp(`^system:serviceaccount:${label}:${subdomain}$`);

/** Issuers with a known form of subjects (GitHub's and Kubernetes' documentation of their OIDC tokens). */
const subjectForms: readonly {
  readonly of: (issuer: string, subject: string) => boolean;
  readonly pattern: RegExp;
  readonly rule: string;
  readonly fix: string;
}[] = [
  {
    of: (issuer) => /^https:\/\/token\.actions\.githubusercontent\.com(\/|$)/.test(issuer),
    pattern: /^repo:[^/:\s]+\/[^/:\s]+:(?!ref:(?!refs\/(heads|tags|pull)\/.))[a-z_]+(:.+)?$/,
    rule: "GitHub's subjects begin with `repo:<owner>/<repository>:` and end with `environment:<name>`, `ref:refs/heads/<branch>`, `ref:refs/tags/<tag>` or `pull_request`.",
    fix: "Write for example `subject: repo:contoso/siem:environment:production`.",
  },
  {
    of: (issuer, subject) =>
      subject.startsWith("system:") ||
      /\.prod-aks\.azure\.com(\/|$)|oidc\.eks\.[^/]+amazonaws\.com|container\.googleapis\.com/.test(issuer),
    pattern: serviceAccountSubject,
    rule: "A service account's subject is `system:serviceaccount:<namespace>:<name>`, in lower-case letters, digits, `-` and (in the name) `.`.",
    fix: "Write `kubernetes: {issuer: …, namespace: …, serviceAccount: …}`, which sets the subject.",
  },
];

function subjectMistakes(issuer: string, subject: string): Mistake[] {
  const mistakes = claimMistakes("subject", subject);
  if (mistakes.length > 0) return mistakes;
  const form = subjectForms.find(({ of }) => of(issuer, subject));
  if (!form || form.pattern.test(subject)) return [];
  return [{ key: "subject", value: subject, rule: form.rule, fix: form.fix }];
}

function kubernetesMistakes({ issuer, namespace, serviceAccount }: KubernetesServiceAccount): Mistake[] {
  const named = (key: string, value: string, pattern: RegExp, most: number): Mistake[] => {
    if (pattern.test(value)) return [];
    const dot = most > 63 ? ", `.`" : "";
    const rule = `In Kubernetes it must have 1 to ${most} lower-case letters, digits${dot} and \`-\`, and start and end with a letter or digit.`;
    const fix = "Copy it from the cluster: `kubectl get serviceaccounts --all-namespaces`.";
    return [{ key, value, rule, fix }];
  };
  return [
    ...issuerMistakes("issuer", issuer),
    ...named("namespace", namespace, namespacePattern, 63),
    ...named("serviceAccount", serviceAccount, accountPattern, 253),
  ];
}

function secretMistakes({ endDate, keep = [] }: ClientSecret): Mistake[] {
  const all = [endDate, ...keep].map(instantOf);
  return [endDate, ...keep].flatMap((date, index) => {
    const key = index === 0 ? "endDate" : `keep[${index - 1}]`;
    const instant = all[index];
    if (instant === undefined) {
      const rule = "It must be a date, or a date and time: `2027-06-30` or `2027-06-30T12:00:00Z`.";
      return [{ key, value: date, rule, fix: "Write it like this, in quotes." }];
    }
    if (all.indexOf(instant) === index) return [];
    const rule = "Each end date can be used for one secret only.";
    return [{ key, value: date, rule, fix: "Remove one of the two." }];
  });
}

/**
 * Secrets that have expired.
 *
 * @param now when the deployment runs
 */
export function pastSecrets(consumers: readonly AskedConsumer[], now: Date): Mistake[] {
  return consumers.flatMap(({ application }, index) => {
    const { endDate, keep = [] } = application?.clientSecret ?? {};
    const key = `consumers[${index}].application.clientSecret`;
    const dates = [
      {
        key: `${key}.endDate`,
        date: endDate,
        fix: "Write a later date. That creates a new secret, which you must give to the consumer.",
      },
      ...keep.map((date, kept) => ({
        key: `${key}.keep[${kept}]`,
        date,
        fix: "Remove it: the secret no longer works.",
      })),
    ];
    return dates.flatMap(({ key, date = "", fix }) => {
      const isPast = Date.parse(instantOf(date) ?? "") <= now.getTime();
      const rule = `A secret must end in the future, and it is now ${now.toISOString()}.`;
      return mistakes(isPast && { key, value: date, rule, fix });
    });
  });
}
