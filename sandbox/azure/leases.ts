import type { IncomingMessage, ServerResponse } from "node:http";

import { send } from "./http.ts";

/** A port on which the server listens for one command. */
export interface OwnPort {
  readonly port: number;
  /** Ends its connections too. */
  close(): void;
}

/**
 * The commands that need the server: each holds one open connection (`GET /sandbox/lease?requestLog=<file>`), whose answer is a port of
 * its own. The connection ends with its process, however that ends, so none is forgotten; and with it the port, so that a process that
 * is left over of the command reaches nothing any more.
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

  async grant(
    incoming: IncomingMessage,
    response: ServerResponse,
    listen: () => Promise<OwnPort>,
  ): Promise<void> {
    if (this.#closed) {
      send(response, { status: 503 });
      return;
    }
    const { searchParams } = new URL(incoming.url ?? "", "https://localhost");
    this.#held.set(response, searchParams.getAll("requestLog"));
    const ended = new Promise<void>((resolve) => response.on("close", resolve));
    void ended.then(() => {
      this.#held.delete(response);
      if (this.#held.size === 0) this.#onEmpty();
    });
    const own = await listen();
    void ended.then(() => {
      own.close();
    });
    response.writeHead(200, { "Content-Type": "text/plain" });
    response.write(String(own.port));
  }
}
