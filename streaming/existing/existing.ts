/** Existing resources that a request names. The stack uses them, but does not change or delete them. */
export interface ExistingRequest {
  /** The ARM id of the resource group for everything that the stack creates. Default: the stack creates one. */
  readonly resourceGroupId?: string | undefined;
  /**
   * Every namespace of the plan by its key: the ARM id of an existing one, or `new` for one that the stack creates. Default: the
   * stack creates as many as it needs. Example: `{ ns1: "/subscriptions/…/namespaces/contoso", ns2: "new" }`.
   */
  readonly namespaces?: Readonly<Record<string, string>> | undefined;
  /** The ARM id of the storage account that Defender writes to. Default: the stack creates one. */
  readonly accountId?: string | undefined;
  /** Existing hubs that the stack takes over if it needs a hub of that name: all, none, or these names. They are kept when the stack is destroyed. Default: none. */
  readonly adoptHubs?: boolean | readonly string[] | undefined;
}

/** Instead of an id: a namespace that the stack creates. */
export const newNamespace = "new";

/** The existing namespaces of a request, by key. */
export function existingNamespaces(existing: ExistingRequest | undefined): [key: string, id: string][] {
  return Object.entries(existing?.namespaces ?? {}).filter(([, id]) => id !== newNamespace);
}

/** Whether the stack takes over an existing hub. Case does not matter. */
export function isAdopted({ adoptHubs = false }: ExistingRequest, hub: string): boolean {
  if (typeof adoptHubs === "boolean") return adoptHubs;
  return adoptHubs.some((name) => name.toLowerCase() === hub.toLowerCase());
}
