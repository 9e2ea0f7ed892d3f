import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/** What the stacks in the sandbox encrypt their secrets with. */
export const passphrase = "sandbox";

/** What the engine encrypts, to know a passphrase again. */
const known = "pulumi";

/** The `encryptionsalt` of a stack file, as the engine derives it from a passphrase (pulumi/pulumi `sdk/go/common/resource/config/crypt.go`). */
export function newSalt(): string {
  const salt = randomBytes(8);
  return `v1:${salt.toString("base64")}:${encrypt(keyOf(salt), known)}`;
}

/** A `secure:` value of a stack file with this salt. */
export const secure = (salt: string, text: string) => encrypt(keyOf(saltIn(salt)), text);

/** Whether a stack file's salt is of the sandbox's passphrase. */
export function isSandboxSalt(salt: string): boolean {
  // v1:<salt>:v1:<nonce>:<sealed>
  const bytes = (part: number) => Buffer.from(salt.split(":")[part] ?? "", "base64");
  const [nonce, sealed] = [bytes(3), bytes(4)];
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(saltIn(salt)), nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    return decipher.update(sealed.subarray(0, -16)).toString() + decipher.final("utf8") === known;
  } catch {
    return false;
  }
}

const saltIn = (salt: string) => Buffer.from(salt.split(":")[1] ?? "", "base64");
const keyOf = (salt: Buffer) => pbkdf2Sync(passphrase, salt, 1_000_000, 32, "sha256");

function encrypt(key: Buffer, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}
