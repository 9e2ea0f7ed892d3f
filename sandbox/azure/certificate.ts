import "reflect-metadata";

import { X509Certificate, webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";

import * as x509 from "@peculiar/x509";

const hosts = ["127.0.0.1", "localhost"];
const years = 10;
const dayMs = 86_400_000;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export interface Certificate {
  /** PEM file to trust: `NODE_EXTRA_CA_CERTS` for Node, `SSL_CERT_FILE` for Go. */
  readonly caFile: string;
  /** PEM of the server's certificate and of its key. */
  readonly cert: string;
  readonly key: string;
}

/**
 * The server's certificate for 127.0.0.1 and localhost, kept in `<directory>/tls/` and created again when it is
 * missing or has less than 30 days left. The authority's private key is thrown away after signing: a client that trusts
 * its certificate trusts this one leaf and nothing that could be signed later.
 */
export async function certificate(directory: string, now: number): Promise<Certificate> {
  const folder = join(directory, "tls");
  const files = {
    ca: join(folder, "ca.pem"),
    cert: join(folder, "server.pem"),
    key: join(folder, "server-key.pem"),
  };
  if (!isUsable(files, now)) {
    mkdirSync(folder, { recursive: true });
    const created = await create(now);
    writeFileSync(files.key, created.key, { mode: 0o600 });
    writeFileSync(files.cert, created.cert);
    writeFileSync(files.ca, created.ca);
  }
  return { caFile: files.ca, cert: readFileSync(files.cert, "utf8"), key: readFileSync(files.key, "utf8") };
}

function isUsable(files: { ca: string; cert: string; key: string }, now: number): boolean {
  if (!Object.values(files).every((file) => existsSync(file))) return false;
  try {
    const leaf = new X509Certificate(readFileSync(files.cert));
    const issuer = new X509Certificate(readFileSync(files.ca));
    return leaf.verify(issuer.publicKey) && leaf.validToDate.getTime() - now > 30 * dayMs;
  } catch {
    return false; // half-written by a process that was killed
  }
}

async function create(now: number): Promise<{ ca: string; cert: string; key: string }> {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
  const validity = { notBefore: new Date(now - dayMs), notAfter: new Date(now + years * 365 * dayMs) };
  const caKeys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const serverKeys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: "01",
    name: "CN=Embedded Azure (sandbox)",
    keys: caKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: "02",
    subject: "CN=localhost",
    issuer: ca.subject,
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      // Go and Node look at these names only, not at the subject.
      new x509.SubjectAlternativeNameExtension(
        hosts.map((host) => ({ type: isIP(host) ? "ip" : "dns", value: host }) as const),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", serverKeys.privateKey));
  return {
    ca: pem("CERTIFICATE", ca.rawData),
    cert: pem("CERTIFICATE", leaf.rawData),
    key: pem("PRIVATE KEY", key),
  };
}

function pem(label: string, der: ArrayBuffer | Buffer): string {
  const lines =
    Buffer.from(der as ArrayBuffer)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
