import { createPrivateKey } from "node:crypto";
import { PassThrough } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";

/** The object identifier of an encrypted private key in PKCS#12 (`pkcs8ShroudedKeyBag`, RFC 7292, appendix D), in DER. */
const encryptedKey = Buffer.from("060b2a864886f70d010c0a0102", "hex");

/**
 * Certificate and private key of a PKCS#12 file in PEM: Microsoft's client library for JavaScript reads PEM only.
 *
 * @throws Error when the password is wrong, or OpenSSL does not know the encryption (RC2 of old Windows versions)
 */
export function pemOf(pkcs12: Buffer, password = ""): string {
  const secureContext = createSecureContext({ pfx: pkcs12, passphrase: password });
  const socket = new TLSSocket(new PassThrough(), { isServer: true, secureContext });
  const certificate = socket.getX509Certificate();
  socket.destroy();
  const at = pkcs12.indexOf(encryptedKey);
  if (!certificate || at < 0) throw new Error("it has no certificate with an encrypted key.");
  // The key follows as the one value in a value tagged [0].
  const key = valueAt(pkcs12, at + encryptedKey.length);
  const privateKey = createPrivateKey({ key, format: "der", type: "pkcs8", passphrase: password });
  return `${certificate.toString()}${privateKey.export({ format: "pem", type: "pkcs8" }).toString()}`;
}

/** The content of a value in DER (X.690, 8.1). */
function valueAt(der: Buffer, at: number): Buffer {
  const short = der.readUInt8(at + 1);
  if (short < 0x80) return der.subarray(at + 2, at + 2 + short);
  const start = at + 2 + (short & 0x7f);
  return der.subarray(start, start + der.readUIntBE(at + 2, short & 0x7f));
}
