/**
 * The stand-in for the Azure CLI: `az account get-access-token`, which Microsoft's client libraries call, with the answers and errors of
 * Azure/azure-cli (`azure-cli-core/azure/cli/core/_profile.py`, `command_modules/profile/custom.py`). What it was called with is appended
 * to `az.jsonl` in its folder.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { configFolder, entries, subscriptions } from "./profile.ts";

const args = process.argv.slice(2);
mkdirSync(configFolder(), { recursive: true });
appendFileSync(join(configFolder(), "az.jsonl"), `${JSON.stringify(args)}\n`);
try {
  console.log(JSON.stringify(await run(args), null, 2));
} catch (error) {
  console.error(`ERROR: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function run([group, command, ...rest]: string[]): Promise<object> {
  if (group !== "account" || command !== "get-access-token") {
    throw new Error("The sandbox's stand-in for the Azure CLI knows 'az account get-access-token' only.");
  }
  const { values } = parseArgs({
    args: rest,
    options: {
      output: { type: "string", short: "o" },
      resource: { type: "string" },
      scope: { type: "string" },
      tenant: { type: "string", short: "t" },
      subscription: { type: "string", short: "s" },
    },
  });
  return getAccessToken(values);
}

interface Asked {
  readonly resource?: string;
  readonly scope?: string;
  readonly tenant?: string;
  readonly subscription?: string;
}

async function getAccessToken({ resource, scope, tenant, subscription }: Asked): Promise<object> {
  if (tenant && subscription) throw new Error("Please specify only one of subscription and tenant, not both");
  const accounts = subscriptions();
  const account = accounts.find(({ id, isDefault }) =>
    subscription ? id === subscription.toLowerCase() : isDefault,
  );
  if (accounts.length === 0) throw new Error("Please run 'az login' to setup account.");
  if (!account) {
    throw new Error(
      `Subscription '${String(subscription)}' not found. Check the spelling and casing and try again.`,
    );
  }
  const asked = tenant ?? account.tenantId;
  const entry = entries().find((one) => one.tenant === asked);
  const response = await fetch(`${account.environmentName}/${asked}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: account.user.name,
      client_secret: entry?.client_secret ?? "",
      scope: scope ?? `${resource ?? "https://management.core.windows.net/"}/.default`,
    }),
  });
  const body = (await response.json()) as Record<string, string>;
  if (!response.ok) throw new Error(body["error_description"]);
  const expires = Math.floor(Date.now() / 1000) + Number(body["expires_in"]);
  return {
    accessToken: body["access_token"],
    expiresOn: `${localTime(expires)}.000000`,
    expires_on: expires,
    // Of a tenant that was asked for, the CLI names no subscription.
    ...(tenant ? {} : { subscription: account.id }),
    tenant: asked,
    tokenType: "Bearer",
  };
}

/** `2026-01-31 12:00:00`, by this machine's clock. */
function localTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace("T", " ");
}
