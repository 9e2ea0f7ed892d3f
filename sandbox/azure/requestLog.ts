import { appendFileSync, mkdirSync } from "node:fs";
import { delimiter, dirname, resolve } from "node:path";

import type { Answer, Request } from "./http.ts";

/** The files that `REQUESTS_LOG` of this process names, as absolute paths. */
export function requestLogsOfEnvironment(): string[] {
  const files = (process.env["REQUESTS_LOG"] ?? "").split(delimiter).filter(Boolean);
  return files.map((file) => resolve(file));
}

/** Members whose value is a secret, wherever they are. */
const secretNames = new Set([
  "client_secret",
  "client_assertion",
  "access_token",
  "refresh_token",
  "secrettext",
  "primarykey",
  "secondarykey",
  "primaryconnectionstring",
  "secondaryconnectionstring",
]);
const secretInText = /((?:SharedAccessKey|AccountKey|SharedAccessSignature|sig)=)[^;&\s"]+/gi;
/** A signed token: of sign-in, or of a job's issuer. */
const token = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;
const masked = "***";

/**
 * Appends one JSON line for each request to every one of the files: `time` (ISO 8601), `method`, `url`, `status`,
 * `requestBody`, `responseBody`. A body that is JSON is logged as JSON, any other as text; secrets are masked.
 */
export function logRequest(files: Iterable<string>, time: Date, request: Request, answer: Answer): void {
  const line = JSON.stringify({
    time: time.toISOString(),
    method: request.method,
    url: request.url.href.replace(secretInText, `$1${masked}`),
    status: answer.status,
    requestBody: mask(parsed(request.text)),
    responseBody: mask(answer.body ?? null),
  });
  for (const file of files) append(file, `${line}\n`);
}

function append(file: string, line: string): void {
  try {
    appendFileSync(file, line);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, line);
  }
}

function parsed(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    // A token request is a form.
    return /^[\w.%+-]+=/.test(text) ? Object.fromEntries(new URLSearchParams(text)) : text;
  }
}

/** A copy of the value without its secrets. */
function mask(value: unknown): unknown {
  if (typeof value === "string")
    return token.test(value) ? masked : value.replace(secretInText, `$1${masked}`);
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== "object" || value === null) return value;
  // A storage account's keys are { keyName, value, permissions }.
  const isKey = "keyName" in value && "value" in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const secret = secretNames.has(name.toLowerCase()) || (isKey && name === "value");
      return [name, secret && typeof member === "string" ? masked : mask(member)];
    }),
  );
}
