import "reflect-metadata";

import { execFileSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import { writeFileSync } from "node:fs";

import * as x509 from "@peculiar/x509";

const algorithm = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const dayMs = 86_400_000;

/** A self-signed certificate of an application. */
export interface ApplicationCertificate {
  /** In base64, as Graph takes it. */
  readonly der: string;
  /** Certificate and private key. */
  readonly pem: string;
}

export async function applicationCertificate(): Promise<ApplicationCertificate> {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=deployer",
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 365 * dayMs),
    keys,
    signingAlgorithm: algorithm,
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    der: Buffer.from(certificate.rawData).toString("base64"),
    pem: `${x509.PemConverter.encode(key, "PRIVATE KEY")}\n${certificate.toString("pem")}\n`,
  };
}

/**
 * Writes a PEM file as PKCS#12, encrypted as Go's x/crypto/pkcs12 reads it: Triple DES and SHA-1. Needs the program `openssl`.
 *
 * @param password may be empty
 */
export function writePkcs12(pemFile: string, file: string, password: string): void {
  const encryption = ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1"];
  const args = ["pkcs12", "-export", "-in", pemFile, ...encryption, "-passout", `pass:${password}`];
  writeFileSync(file, execFileSync("openssl", args), { mode: 0o600 });
}
