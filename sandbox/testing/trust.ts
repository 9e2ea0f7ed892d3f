import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

/** From here on this process trusts an embedded Azure. */
export function trust(caFile: string): void {
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(caFile, "utf8")]);
}
