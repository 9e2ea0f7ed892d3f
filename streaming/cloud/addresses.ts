/** A range of IPv4 addresses. */
export interface AddressRange {
  /** The first four bytes, as written. */
  readonly address: number;
  /** How many leading bits all addresses of the range share; 32 for a single address without a suffix. */
  readonly bits: number;
  /** Whether the suffix was written. */
  readonly hasSuffix: boolean;
}

/** Reads `203.0.113.7` and `203.0.113.0/24`; undefined for anything else. */
export function addressRange(text: string): AddressRange | undefined {
  const [, address = "", suffix] = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const bytes = address.split(".").map(Number);
  const bits = suffix === undefined ? 32 : Number(suffix);
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255) || bits > 32) return undefined;
  return {
    address: bytes.reduce((sum, byte) => sum * 256 + byte, 0),
    bits,
    hasSuffix: suffix !== undefined,
  };
}

/** The other way round: four bytes as an address. */
export function written(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap(
  (text) => addressRange(text) ?? [],
);

/** Whether the range lies in one of the private ranges (RFC 1918). */
export function isPrivate({ address }: AddressRange): boolean {
  return privateRanges.some((range) => {
    const size = 2 ** (32 - range.bits);
    return Math.floor(address / size) === Math.floor(range.address / size);
  });
}
