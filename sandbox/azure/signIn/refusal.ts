import { randomUUID } from "node:crypto";
import type { Answer } from "../http.ts";

/** Microsoft Entra's answer to what it refuses (reference-error-codes.md, MicrosoftDocs/entra-docs). */
export function refusal(status: number, error: string, code: number, message: string): Answer {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace("T", " ")}Z`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${String(code)}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
    },
  };
}

/** The client has not proved who it is. */
export const invalidClient = (code: number, message: string) => refusal(401, "invalid_client", code, message);
