import { randomBytes, randomUUID } from "node:crypto";
import type { Answer } from "../http.ts";
import { type ObjectCall, text } from "./call.ts";
import { GraphError } from "./error.ts";

interface PasswordCredential {
  keyId: string;
  displayName: string | null;
  hint: string;
  startDateTime: string;
  endDateTime: string;
  customKeyIdentifier: null;
  secretText: null;
}

/** The secret is in this one answer, and nowhere else (api/application-addpassword.md). */
export function addPassword({ world, url, object, body }: ObjectCall): Answer {
  const asked = (body["passwordCredential"] ?? {}) as Readonly<Record<string, unknown>>;
  const start = Date.parse(text(asked["startDateTime"])) || world.now();
  const end = Date.parse(text(asked["endDateTime"])) || start + twoYears;
  if (end <= Math.max(start, world.now())) {
    throw new GraphError(400, "KeyCredentialsInvalidEndDate", "Key credential end date is invalid.");
  }
  // As Entra's: 40 characters with a `~` near the beginning.
  const secretText = `${randomBytes(3).toString("base64url").slice(0, 3)}8Q~${randomBytes(26).toString("base64url").slice(0, 34)}`;
  const credential: PasswordCredential = {
    customKeyIdentifier: null,
    displayName: text(asked["displayName"]) || null,
    endDateTime: inSeconds(end),
    hint: secretText.slice(0, 3),
    keyId: randomUUID(),
    secretText: null,
    startDateTime: inSeconds(start),
  };
  object.properties["passwordCredentials"] = [...passwordsOf(object.properties), credential];
  const context = `${url.origin}/v1.0/$metadata#microsoft.graph.passwordCredential`;
  return { status: 200, body: { "@odata.context": context, ...credential, secretText } };
}

export function removePassword({ object, body }: ObjectCall): Answer {
  const keyId = text(body["keyId"]).toLowerCase();
  const before = passwordsOf(object.properties);
  const after = before.filter((credential) => credential.keyId !== keyId);
  if (after.length === before.length) {
    throw new GraphError(400, "Request_BadRequest", "No password credential found with keyId.");
  }
  object.properties["passwordCredentials"] = after;
  return { status: 204 };
}

/** Graph writes no fraction of a second if it is zero. */
const inSeconds = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");

const twoYears = 730 * 24 * 60 * 60 * 1000;

function passwordsOf(properties: Readonly<Record<string, unknown>>): PasswordCredential[] {
  return (properties["passwordCredentials"] ?? []) as PasswordCredential[];
}
