import { ArmError } from "../../arm/error.ts";
import type { Resource } from "../../state.ts";

export type SkuName = `Standard_${string}` | `Premium_${string}`;

/** SKUs that an update changes into each other; everything else is a conversion (redundancy-migration.md, azure-docs). */
const inPlace = [
  ["Standard_LRS", "Standard_GRS", "Standard_RAGRS"],
  ["Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS"],
];

/** @throws ArmError when the account cannot have that SKU by an update (hashicorp/terraform-provider-azurerm #6526) */
export function requireTransition({ body }: Resource, to: SkuName): void {
  const { name: from } = body["sku"] as { name: SkuName };
  if (from === to || inPlace.some((skus) => skus.includes(from) && skus.includes(to))) return;
  throw new ArmError(
    409,
    "StorageAccountTypeConversionNotAllowed",
    `Storage account type ${from} cannot be changed to ${to}.`,
  );
}
