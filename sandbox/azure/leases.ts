import type { IncomingMessage, ServerResponse } from "node:http";

import { send } from "./http.ts";

/**
 * The commands that need the server: each holds one open connection (`GET /sandbox/lease?requestLog=<file>`). The
 * connection ends with its process, however that ends, so none is forgotten.
 */
export class Leases {
  readonly #held = new Map<ServerResponse, readonly string[]>();
  #closed = false;
  #onEmpty: () => void = () => undefined;

  get count(): number {
    return this.#held.size;
  }

  /** Request logs the holders asked for. */
  requestLogs(): string[] {
    return [...this.#held.values()].flat();
  }

  /** Called whenever the last lease has ended. */
  onEmpty(listener: () => void): void {
    this.#onEmpty = listener;
  }

  /** Gives no more leases: from here on a command must start its own server. */
  close(): void {
    this.#closed = true;
  }

  grant(incoming: IncomingMessage, response: ServerResponse): void {
    if (this.#closed) {
      send(response, { status: 503 });
      return;
    }
    const { searchParams } = new URL(incoming.url ?? "", "https://localhost");
    this.#held.set(response, searchParams.getAll("requestLog"));
    response.on("close", () => {
      this.#held.delete(response);
      if (this.#held.size === 0) this.#onEmpty();
    });
    response.writeHead(200, { "Content-Type": "text/plain" });
    response.flushHeaders();
  }
}
