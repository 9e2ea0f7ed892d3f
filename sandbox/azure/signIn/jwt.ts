import { constants, createHmac, sign, timingSafeEqual, verify, type KeyObject } from "node:crypto";

/** A JSON Web Token (RFC 7519) that is read, and not yet verified. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What its signature is of. */
  readonly content: string;
  readonly signature: Buffer;
}

/** Undefined: the text is none. */
export function readJwt(text: string): Jwt | undefined {
  const [header = "", payload = "", signature = ""] = text.split(".");
  try {
    return {
      header: decode(header),
      claims: decode(payload),
      content: `${header}.${payload}`,
      signature: Buffer.from(signature, "base64url"),
    };
  } catch {
    return undefined;
  }
}

/** A token that only its writer can verify. */
export function writeHs256(claims: object, key: string): string {
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${hs256(content, key).toString("base64url")}`;
}

export function isHs256By({ content, signature }: Jwt, key: string): boolean {
  const expected = hs256(content, key);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

export function writeRs256(claims: object, key: KeyObject): string {
  const content = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), key).toString("base64url")}`;
}

/** Whether it is signed with an RSA key (RS256 or PS256). */
export function isSignedBy({ header, content, signature }: Jwt, key: KeyObject): boolean {
  const data = Buffer.from(content);
  if (header["alg"] === "RS256") return verify("sha256", data, key, signature);
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return header["alg"] === "PS256" && verify("sha256", data, pss, signature);
}

const hs256 = (content: string, key: string) => createHmac("sha256", key).update(content).digest();

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

function decode(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
  if (typeof value !== "object" || value === null) throw new Error("no object");
  return value as Record<string, unknown>;
}
