import type { FederatedCredential } from "./federatedCredential.ts";

/** An application that is made for a consumer: app registration, service principal, owners and one credential. */
export interface ConsumerApplication {
  /** What Entra ID shows. Default: `<project>-<stack>-<consumer>`. */
  readonly displayName?: string | undefined;
  /** Object ids, or user principal names, of those who manage it. Default: whoever makes it. */
  readonly owners?: readonly string[] | undefined;
  /** Tokens of another issuer that are taken for its own: no secret to keep. */
  readonly federatedCredential?: FederatedCredential | undefined;
  readonly clientSecret?: ClientSecret | undefined;
}

/** A client secret. */
export interface ClientSecret {
  /** Until when it is valid: a day (its beginning, UTC) or an instant, as `2027-06-30` or `2027-06-30T12:00:00Z`. Another one is another secret. */
  readonly endDate: string;
  /** End dates of earlier secrets that stay beside it, while the application moves to the new one. Default: none. */
  readonly keep?: readonly string[] | undefined;
}

/**
 * The instant as Entra ID writes it, `2027-06-30T00:00:00Z`; undefined when it is no date. A date without quotes in a stack file comes as
 * the engine prints it: `2027-06-30 00:00:00 +0000 UTC`.
 */
export function instantOf(date: string): string | undefined {
  const written = date.replace(/ (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d) \S+$/, "T$1$2:$3");
  const [, day, time = "T00:00:00Z"] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/.exec(written) ?? [];
  // JavaScript takes 31 February for a day in March.
  if (day === undefined || !isDay(day) || Number.isNaN(Date.parse(`${day}${time}`))) return undefined;
  return new Date(`${day}${time}`).toISOString().replace(/\.\d+Z$/, "Z");
}

function isDay(day: string): boolean {
  const instant = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}

/** What a person who edits owners means: somebody's name, or else an object id. */
export const isUserPrincipalName = (owner: string): boolean => owner.includes("@");
