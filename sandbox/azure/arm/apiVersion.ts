/** Whether an api-version is `since` or newer. A preview comes before the release of the same day. */
export function isSince(version: string, since: string): boolean {
  return order(version) >= order(since);
}

export function isWellFormed(version: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(-(preview|alpha|beta|privatepreview))?$/i.test(version);
}

function order(version: string): string {
  return version.slice(0, 10) + (version.length > 10 ? "0" : "1");
}
