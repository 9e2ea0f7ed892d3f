import { isIPv4 } from "node:net";

/** A range of IPv4 addresses in CIDR notation. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Undefined: it is no such range, or does not begin with its first address. */
export function rangeOf(prefix: string): Range | undefined {
  const [address = "", bits = "", ...more] = prefix.split("/");
  if (!isIPv4(address) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32 || more.length > 0) return undefined;
  const first = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(bits));
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function addressAt(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
}
