import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { arm } from "./arm/arm.ts";
import { settle } from "./arm/lifecycle.ts";
import { certificate } from "./certificate.ts";
import { control } from "./control.ts";
import { type Outcome, serveUnderFaults } from "./faults/strike.ts";
import { freshState } from "./freshState.ts";
import { graph } from "./graph/graph.ts";
import type { Answer, Request } from "./http.ts";
import { readRequest, send } from "./http.ts";
import { Leases } from "./leases.ts";
import { signIn } from "./signIn/signIn.ts";
import { metadata } from "./metadata.ts";
import { logRequest, requestLogsOfEnvironment } from "./requestLog.ts";
import type { Timings, World } from "./state.ts";
import { defaultTimings, StateFile } from "./state.ts";

export interface AzureOptions {
  /** Where state, certificate and request log are kept; normally `.sandbox`. */
  readonly directory: string;
  /** Files that get the request log besides `<directory>/requests.jsonl`. Default: those in `REQUESTS_LOG`. */
  readonly requestLogs?: readonly string[];
  /** Default: a free one. */
  readonly port?: number;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
  /** How long Azure takes. Default: about a hundredth of the real times. */
  readonly timings?: Partial<Timings>;
}

export interface Azure {
  readonly port: number;
  /** PEM file of the authority to trust. */
  readonly caFile: string;
  readonly leases: Leases;
  close(): Promise<void>;
}

/**
 * Starts the embedded Azure on https://127.0.0.1:<port>: cloud metadata, sign-in, Microsoft Graph and Azure Resource Manager of the
 * example tenant. It continues from the state in `<directory>/azure.json`, and sends no requests.
 */
export async function startAzure(options: AzureOptions): Promise<Azure> {
  const { directory, requestLogs = requestLogsOfEnvironment(), port = 0, now = Date.now } = options;
  const tls = await certificate(directory, now());
  const file = new StateFile(join(directory, "azure.json"), () => freshState(now()));
  const world: World = { state: file.state, now, timings: { ...defaultTimings, ...options.timings } };
  const leases = new Leases();
  const logs = () => new Set([join(directory, "requests.jsonl"), ...requestLogs, ...leases.requestLogs()]);

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (incoming.url?.startsWith("/sandbox/lease") === true) {
      await leases.grant(incoming, response, () => listen(0));
      return;
    }
    const request = await readRequest(incoming);
    settle(world);
    const isControl = request.url.pathname.startsWith("/sandbox/");
    const { answer, delay, isDropped }: Outcome = isControl
      ? { answer: control(world, request) }
      : serveUnderFaults(world, request, () => answerTo(world, request));
    file.save();
    if (answer && !isControl) logRequest(logs(), new Date(now()), request, answer);
    const seconds = delay ?? answer?.delay;
    if (seconds !== undefined) await pause(seconds * 1000, undefined, { ref: false });
    if (answer && !isDropped) send(response, answer);
    else response.destroy();
  };

  const listen = async (at: number): Promise<{ port: number; close: () => Promise<void> }> => {
    const server = createServer({ cert: tls.cert, key: tls.key }, (incoming, response) => {
      serve(incoming, response).catch((error: unknown) => {
        console.error(`${incoming.method ?? ""} ${incoming.url ?? ""}`, error);
        if (!response.headersSent) send(response, internalError(error));
        else response.destroy();
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(at, "127.0.0.1", resolve);
    });
    return {
      port: (server.address() as AddressInfo).port,
      close: () =>
        new Promise((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        }),
    };
  };
  return { ...(await listen(port)), caFile: tls.caFile, leases };
}

function answerTo(world: World, request: Request): Answer {
  return metadata(request) ?? signIn(world, request) ?? graph(world, request) ?? arm(world, request);
}

function internalError(error: unknown): Answer {
  return { status: 500, body: { error: { code: "InternalServerError", message: String(error) } } };
}
