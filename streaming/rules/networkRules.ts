import { addressRange, isPrivate } from "../addresses.ts";
import type { Mistake } from "../mistakes.ts";

/** What is wrong with IP rules of a storage account (storage-network-security.md, MicrosoftDocs/azure-docs). */
export function ipRuleMistakes(key: string, rules: readonly string[]): Mistake[] {
  return [
    ...twice(key, rules),
    ...rules.flatMap((value, index): Mistake[] => {
      const at = { key: `${key}[${index}]`, value };
      const range = addressRange(value);
      if (range === undefined || (range.hasSuffix && range.bits < 1)) {
        const rule = "An IP rule is a public IPv4 address, or a range with a suffix from /1 to /30.";
        return [{ ...at, rule, mend: "Write for example 203.0.113.7, or 203.0.113.0/24." }];
      }
      if (isPrivate(range)) {
        const rule = "Azure refuses private addresses here: the account never sees them.";
        const mend =
          "Name the subnet in `virtualNetworkRules`, or let consumers come through a private endpoint.";
        return [{ ...at, rule, mend }];
      }
      if (range.hasSuffix && range.bits > 30) {
        const rule = "Azure refuses the suffixes /31 and /32.";
        return [
          { ...at, rule, mend: `Write the addresses one by one and without a suffix: ${addresses(value)}.` },
        ];
      }
      return [];
    }),
  ];
}

/** The one or two addresses of a range that is too small for a suffix. */
function addresses(range: string): string {
  const [address = "", bits] = range.split("/");
  const last = Number(address.split(".").at(-1));
  const other = address.replace(/\d+$/, String(last % 2 === 0 ? last + 1 : last - 1));
  return bits === "32" ? address : [address, other].sort().join(", ");
}

const subnetId =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i;

/** What is wrong with virtual network rules of a storage account. */
export function subnetMistakes(key: string, rules: readonly string[]): Mistake[] {
  return [
    ...twice(key, rules),
    ...rules
      .map((value, index) => ({ key: `${key}[${index}]`, value }))
      .filter(({ value }) => !subnetId.test(value))
      .map((at) => ({
        ...at,
        rule: "A virtual network rule is the id of a subnet, which has the service endpoint Microsoft.Storage.",
        mend: "Write /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>.",
      })),
  ];
}

/** Rules that stand in a list again. */
export function twice(key: string, rules: readonly string[]): Mistake[] {
  const lower = rules.map((rule) => rule.toLowerCase());
  return rules.flatMap((value, index) =>
    lower.indexOf(value.toLowerCase()) === index
      ? []
      : [
          {
            key: `${key}[${index}]`,
            value,
            rule: "Each rule is there once.",
            mend: "Take one of the two out.",
          },
        ],
  );
}
