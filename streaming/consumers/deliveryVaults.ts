import { nameIn } from "../cloud/resourceId.ts";
import type { Mistake } from "../wording/mistakes.ts";
import type { StreamingRequest } from "../request.ts";
import type { Found } from "../cloud/found.ts";

/** The key vaults for connection strings, as found, by ARM id. */
export type DeliveryVaults = Readonly<Record<string, Found<"there">>>;

type Readers = Pick<StreamingRequest, "consumers">;

/** The ARM ids of the vaults in a valid request. */
export function deliveryVaultIds({ consumers }: Readers): string[] {
  return [...new Set(consumers.flatMap(({ deliverKeyTo }) => deliverKeyTo ?? []))];
}

/** Every consumer whose vault does not exist. A vault that the signed-in principal may not see is assumed to exist. */
export function deliveryVaultMistakes({
  request,
  vaults,
}: {
  readonly request: Readers;
  readonly vaults: DeliveryVaults;
}): Mistake[] {
  return request.consumers.flatMap(({ deliverKeyTo: value }, index): Mistake[] => {
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
