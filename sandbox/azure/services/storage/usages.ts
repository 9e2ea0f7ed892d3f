import { findLocation } from "../../arm/locations.ts";
import { ofType } from "../../arm/inventory.ts";
import type { Question } from "../../arm/resourceType.ts";
import { accountType } from "./accountNames.ts";
import { versions } from "./versions.ts";

/** Accounts that a region may have unless Azure's support raises it (scalability-targets-resource-provider.md, MicrosoftDocs/azure-docs). */
const limit = 250;

/** GET …/locations/<location>/usages: how many accounts a region has, and may have. */
export const usages: Question = {
  apiVersions: versions,
  answer({ world, names }) {
    const location = findLocation(names[0] ?? "")?.name;
    const currentValue = ofType(world, accountType).filter(({ body }) => body.location === location).length;
    const name = { value: "StorageAccounts", localizedValue: "Storage Accounts" };
    return { value: [{ unit: "Count", currentValue, limit, name }] };
  },
};
