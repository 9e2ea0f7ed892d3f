import type { Check } from "./check.ts";
import { directory } from "./checks/directory.ts";
import { licence } from "./checks/licence.ts";
import { names } from "./checks/names.ts";
import { permissions } from "./checks/permissions.ts";
import { policies } from "./checks/policies.ts";
import { providers } from "./checks/providers.ts";
import { quotas } from "./checks/quotas.ts";
import { region } from "./checks/region.ts";
import { signIn } from "./checks/signIn.ts";
import { tenant } from "./checks/tenant.ts";

/** In the order in which they are shown. */
export const checks: readonly Check[] = [
  signIn,
  tenant,
  providers,
  permissions,
  directory,
  licence,
  policies,
  region,
  names,
  quotas,
];
