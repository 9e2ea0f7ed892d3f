import type { FederatedCredential } from "./federatedCredential.ts";

/** An application that the stack creates for a consumer: app registration, service principal, owners and one credential. */
export interface ConsumerApplication {
  /** Its name in Entra ID. Default: `<project>-<stack>-<consumer>`. */
  readonly displayName?: string | undefined;
  /** Its owners, by object id or user principal name. Default: the deployer. */
  readonly owners?: readonly string[] | undefined;
  /** The tokens it signs in with. There is no secret to store. */
  readonly federatedCredential?: FederatedCredential | undefined;
  readonly clientSecret?: ClientSecret | undefined;
}

/** A client secret. */
export interface ClientSecret {
  /** When it expires: a date (its start in UTC), or a date and time, as `2027-06-30` or `2027-06-30T12:00:00Z`. Another date creates another secret. */
  readonly endDate: string;
  /** End dates of earlier secrets to keep until the application uses the new one. Default: none. */
  readonly keep?: readonly string[] | undefined;
}

/** Whether an owner is given by user principal name; otherwise it is an object id. */
export const isUserPrincipalName = (owner: string): boolean => owner.includes("@");
