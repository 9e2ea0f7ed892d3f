import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits between two looks at the same thing: 0.1 s, then always twice as long, up to `longest` (in seconds).
 * What a response asks for in Retry-After comes first. azure-native always waits the same time (10 s for a PUT,
 * 30 s for a DELETE); here a resource is usually ready at once.
 */
export class Pause {
  #next = 0.1;
  readonly #longest: number;
  readonly #signal: AbortSignal | undefined;

  constructor(longest: number, signal?: AbortSignal) {
    this.#longest = longest;
    this.#signal = signal;
  }

  async after(headers?: Headers): Promise<void> {
    const seconds = retryAfter(headers) ?? this.#next;
    this.#next = Math.min(this.#next * 2, this.#longest);
    await sleep(seconds * 1000, undefined, this.#signal && { signal: this.#signal });
  }
}

/** Seconds in a Retry-After header (a number of seconds, or a date). Undefined: there is none. */
export function retryAfter(headers?: Headers): number | undefined {
  const value = headers?.get("retry-after");
  if (!value) return undefined;
  const seconds = Number(value);
  if (!Number.isNaN(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
