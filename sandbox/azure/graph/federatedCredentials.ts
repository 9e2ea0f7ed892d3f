import { randomUUID } from "node:crypto";
import type { Answer } from "../http.ts";
import type { FederatedCredential } from "../state.ts";
import { type ObjectCall, text } from "./call.ts";
import { GraphError, badRequest, methodNotAllowed, notFound } from "./error.ts";

/** …/federatedIdentityCredentials of an application (resources/federatedidentitycredential.md). */
export function callFederatedCredentials(call: ObjectCall): Answer {
  const { object, method, rest, url } = call;
  const credentials = (object.federatedCredentials ??= []);
  const context = `${url.origin}/v1.0/$metadata#applications('${object.id}')/federatedIdentityCredentials`;
  const [, idOrName] = rest;
  if (idOrName === undefined) {
    if (method === "GET") return { status: 200, body: { "@odata.context": context, value: credentials } };
    if (method !== "POST") throw methodNotAllowed();
    const created = { id: randomUUID(), ...checked(call, credentials) };
    credentials.push(created);
    return { status: 201, body: { "@odata.context": `${context}/$entity`, ...created } };
  }
  const credential = credentials.find(({ id, name }) => id === idOrName.toLowerCase() || name === idOrName);
  if (!credential) throw notFound(idOrName);
  switch (method) {
    case "GET":
      return { status: 200, body: { "@odata.context": `${context}/$entity`, ...credential } };
    case "PATCH":
      Object.assign(credential, checked(call, credentials, credential));
      return { status: 204 };
    case "DELETE":
      object.federatedCredentials = credentials.filter((other) => other !== credential);
      return { status: 204 };
    default:
      throw methodNotAllowed();
  }
}

const longest = 600;
const most = 20;

/** The credential that the body describes, under the limits of workload-identity-federation-considerations.md (entra-docs). */
function checked(
  { body }: ObjectCall,
  credentials: readonly FederatedCredential[],
  before?: FederatedCredential,
): Omit<FederatedCredential, "id"> {
  const {
    name,
    issuer,
    subject,
    audiences,
    description = null,
  } = { ...before, ...body } as Record<string, unknown>;
  const others = credentials.filter((other) => other !== before);
  if (before === undefined && !/^[A-Za-z0-9][\w-]{2,119}$/.test(text(name))) {
    throw invalid("Name", name, "The name has 3 to 120 letters, digits, dashes and underscores.");
  }
  if (before !== undefined && name !== before.name) throw badRequest("Property 'name' is read-only.");
  if (!/^https?:\/\/\S+$/.test(text(issuer)) || text(issuer).length > longest) {
    throw invalid("Issuer", issuer, "The issuer is a URL of up to 600 characters.");
  }
  if (text(subject) === "" || text(subject).length > longest) {
    throw invalid("Subject", subject, "The subject has 1 to 600 characters.");
  }
  if (!Array.isArray(audiences) || audiences.length !== 1 || text(audiences[0]) === "") {
    throw invalid("Audiences", audiences, "There is exactly one audience.");
  }
  if (others.some((other) => other.name === name)) {
    throw new GraphError(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `FederatedIdentityCredential with name ${text(name)} already exists.`,
    );
  }
  if (others.some((other) => other.issuer === issuer && other.subject === subject)) {
    throw invalid(
      "Subject",
      subject,
      `The combination of issuer and subject must be unique for the application. Issuer ${text(issuer)} and Subject: ${text(subject)} already exist.`,
    );
  }
  if (others.length >= most) {
    throw badRequest(`An application has at most ${String(most)} federated identity credentials.`);
  }
  return {
    name: text(name),
    issuer: text(issuer),
    subject: text(subject),
    audiences: audiences.map(text),
    description: description === null ? null : text(description),
  };
}

/** Text of the form that Azure/azure-workload-identity #434 has. */
function invalid(property: string, value: unknown, message: string): GraphError {
  return new GraphError(
    400,
    "InvalidFederatedIdentityCredentialValue",
    `${message} paramName: FederatedIdentityCredential.${property}, paramValue: ${typeof value === "string" ? value : JSON.stringify(value)}, objectType: Microsoft.Online.DirectoryServices.Application`,
  );
}
