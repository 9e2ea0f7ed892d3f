import { clientSecret, tenantId } from "./azure/tenant.ts";

/** Signs somebody in to an embedded Azure. Returns the variables by which the provider plugins and the project find out. */
export type SignIn = (azure: {
  readonly port: number;
  readonly caFile: string;
}) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** An application with its client secret. */
export const withSecret =
  ({ appId }: { readonly appId: string }): SignIn =>
  () => ({ ARM_TENANT_ID: tenantId, ARM_CLIENT_ID: appId, ARM_CLIENT_SECRET: clientSecret });
