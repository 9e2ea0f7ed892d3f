import type { Body } from "../state.ts";
import { invalidContent } from "./error.ts";
import type { Structure } from "./shape.ts";
import { read } from "./shape.ts";

/** The URL says which resource it is; Azure takes an echo of it in the body. */
const echo = ["id", "name", "type"];

/**
 * Reads the body of a PUT or PATCH against its shape.
 * @throws ArmError 400 when it is no JSON object or breaks the shape
 */
export function readBody(body: unknown, shape: Structure, version: string, partial: boolean): Body {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw invalidContent("A JSON object is required in the body of the request");
  }
  const rest = Object.fromEntries(
    Object.entries(body).filter(([member]) => !echo.includes(member.toLowerCase())),
  );
  return read(rest, shape, version, partial) as Body;
}

/** A PATCH keeps what it does not name; tags are replaced as a whole, and a SKU's tier follows its name. */
export function layOver(old: Body, sent: Body): Body & { properties: Record<string, unknown> } {
  const sku = sent["sku"];
  return {
    ...old,
    ...sent,
    ...(isObject(sku) && isObject(old["sku"]) && { sku: { ...old["sku"], tier: undefined, ...sku } }),
    properties: { ...old.properties, ...sent.properties },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
