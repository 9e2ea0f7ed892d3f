import type { Cloud } from "../../streaming/cloud/clouds.ts";
import { armRequests } from "../armRequests.ts";

interface Assignment {
  readonly properties: { readonly roleDefinitionId: string; readonly scope: string };
}

interface Definition {
  readonly properties: {
    readonly permissions: readonly { readonly dataActions?: string[]; readonly notDataActions?: string[] }[];
  };
}

/** A page of a list. */
interface Page<Item> {
  readonly value: readonly Item[];
  readonly nextLink?: string;
}

const needed = ["wrap", "unwrap"].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}/action`);

/**
 * Whether a role lets a principal wrap and unwrap with a key: given on the key or above, to itself or to a group that it is in. True as
 * well where the signed-in principal may not see roles: then Azure will tell.
 */
export async function mayWrap(principalId: string, keyId: string, cloud: Cloud): Promise<boolean> {
  const get = await reader(cloud);
  const filter = encodeURIComponent(`assignedTo('${principalId}')`);
  const assignments: Assignment[] = [];
  let path: string | undefined =
    `${keyId}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
  while (path !== undefined) {
    const page: Page<Assignment> | undefined = await get<Page<Assignment>>(path);
    if (!page) return true;
    assignments.push(...page.value);
    path = page.nextLink;
  }
  const holding = assignments.filter(({ properties: { scope } }) =>
    `${keyId}/`.toLowerCase().startsWith(`${scope.replace(/\/$/, "")}/`.toLowerCase()),
  );
  const ids = new Set(holding.map(({ properties }) => properties.roleDefinitionId));
  const definitions = await Promise.all([...ids].map((id) => get<Definition>(id)));
  return needed.every((action) =>
    definitions.some((definition) => definition === undefined || allows(definition, action)),
  );
}

function allows({ properties: { permissions } }: Definition, action: string): boolean {
  return permissions.some(
    ({ dataActions = [], notDataActions = [] }) =>
      dataActions.some((pattern) => covers(pattern, action)) &&
      !notDataActions.some((pattern) => covers(pattern, action)),
  );
}

/** A pattern of actions has a `*` for any characters, those between two slashes and more. */
function covers(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.?+^$()[\]{}|\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}

/** GETs of Resource Manager; undefined where they are forbidden. */
async function reader(cloud: Cloud): Promise<<Answer>(path: string) => Promise<Answer | undefined>> {
  const client = await armRequests("2022-04-01", cloud);
  return async <Answer>(path: string) => {
    const answer = await client.pathUnchecked(path).get();
    if (answer.status === "403") return undefined;
    if (answer.status !== "200") throw new Error(`GET ${path} was answered with status ${answer.status}.`);
    return answer.body as Answer;
  };
}
