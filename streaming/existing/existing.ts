/** What a request names that is there already. It is used, and neither managed nor deleted. */
export interface ExistingRequest {
  /** The ARM id of the resource group in which what is made goes. Default: a group of the stack's own is made. */
  readonly resourceGroupId?: string | undefined;
  /**
   * Every namespace of the plan by its key: the ARM id of one that is there, or `new` for one that is made. Default: all are made,
   * as many as it takes. Example: `{ ns1: "/subscriptions/…/namespaces/contoso", ns2: "new" }`.
   */
  readonly namespaces?: Readonly<Record<string, string>> | undefined;
  /** The ARM id of the storage account that Defender writes to. Default: one is made. */
  readonly accountId?: string | undefined;
  /**
   * Which hubs that are there under a name that is needed become the stack's: all of them, none, or those of these names. They stay
   * when the stack goes. Default: none.
   */
  readonly adoptHubs?: boolean | readonly string[] | undefined;
}

/** In place of an id: a namespace that the stack creates. */
export const newNamespace = "new";

/** The namespaces of a request that are there already, by key. */
export function existingNamespaces(existing: ExistingRequest | undefined): [key: string, id: string][] {
  return Object.entries(existing?.namespaces ?? {}).filter(([, id]) => id !== newNamespace);
}

/** Whether a hub that is there becomes the stack's; letter case is ignored. */
export function isAdopted({ adoptHubs = false }: ExistingRequest, hub: string): boolean {
  if (typeof adoptHubs === "boolean") return adoptHubs;
  return adoptHubs.some((name) => name.toLowerCase() === hub.toLowerCase());
}
