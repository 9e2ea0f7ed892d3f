/** Why a sign-in failed. Azure's texts begin with the client's own words, and go on with trace ids and timestamps. */
export function reasonIn(text: string): string {
  const [first = ""] = text.replace(/^[^]*?(?=AADSTS\d+:)/, "").split(/(?<=\.) |\r?\n/);
  return /[.!?]$/.test(first.trim()) ? first.trim() : `${first.trim()}.`;
}
