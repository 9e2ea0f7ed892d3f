/** Names of the errors that Microsoft's client library throws when nobody is signed in, or a sign-in is refused. */
const names = [
  "AggregateAuthenticationError",
  "AuthenticationError",
  "AuthenticationRequiredError",
  "CredentialUnavailableError",
];

export const isSignInFailure = (error: unknown): error is Error =>
  error instanceof Error && names.includes(error.name);

/** Why a sign-in failed. Azure's texts begin with the client's own words, and go on with trace ids and timestamps. */
export function reasonIn(text: string): string {
  const [first = ""] = text.replace(/^[^]*?(?=AADSTS\d+:)/, "").split(/(?<=\.) |\r?\n/);
  return /[.!?]$/.test(first.trim()) ? first.trim() : `${first.trim()}.`;
}
