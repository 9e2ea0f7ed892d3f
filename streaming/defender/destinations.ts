/** Where Defender writes: hubs of Event Hubs namespaces, or containers of a storage account. Both are possible at once. */
export const destinationKinds = ["eventHub", "storage"] as const;
export type DestinationKind = (typeof destinationKinds)[number];

/** The destinations if the request names none. */
export const defaultDestinations: readonly DestinationKind[] = ["eventHub"];

/** Whether events go there. */
export function streamsTo(
  request: { readonly destinations?: readonly DestinationKind[] | undefined },
  kind: DestinationKind,
): boolean {
  return (request.destinations ?? defaultDestinations).includes(kind);
}

/** Whether a consumer reads there. Without `reads` it reads all destinations. */
export function readsFrom(
  consumer: { readonly reads?: readonly DestinationKind[] | undefined },
  kind: DestinationKind,
): boolean {
  return consumer.reads?.includes(kind) ?? true;
}
