import { nameIn } from "../cloud/resourceId.ts";
import type { Mistake } from "../wording/mistakes.ts";
import type { StreamingRequest } from "../request.ts";
import type { Found } from "../cloud/found.ts";

/** What stands of the key vaults to which connection strings are delivered, by ARM id. */
export type DeliveryVaults = Readonly<Record<string, Found<"there">>>;

type Readers = Pick<StreamingRequest, "consumers">;

/** The ARM ids of the vaults that a sound request names. */
export function deliveryVaultIds({ consumers }: Readers): string[] {
  return [...new Set(consumers.flatMap(({ deliverKeyTo }) => deliverKeyTo ?? []))];
}

/** Every consumer whose vault does not exist. What the signed-in principal may not see is taken as right. */
export function deliveryVaultMistakes(
  { consumers }: Readers,
  { vaults }: { readonly vaults: DeliveryVaults },
): Mistake[] {
  return consumers.flatMap(({ deliverKeyTo: value }, index): Mistake[] => {
    if (value === undefined || vaults[value] !== "missing") return [];
    return [
      {
        key: `consumers[${index}].deliverKeyTo`,
        value,
        rule: `There is no key vault ${nameIn(value)} with this id.`,
        fix: 'Correct the id; `az keyvault list --query "[].id" --output tsv` lists the vaults of a subscription.',
      },
    ];
  });
}
