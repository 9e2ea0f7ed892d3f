/** Where Defender writes: hubs of Event Hubs namespaces, or containers of a storage account. Both are possible at once. */
export const allDestinations = ["eventHub", "storage"] as const;
export type Destination = (typeof allDestinations)[number];

/** The destinations if the request names none. */
export const defaultDestinations: readonly Destination[] = ["eventHub"];

/** Whether events go there. */
export function streamsTo(
  request: { readonly destinations?: readonly Destination[] | undefined },
  kind: Destination,
): boolean {
  return (request.destinations ?? defaultDestinations).includes(kind);
}

/** Whether a consumer reads there. Without `reads` it reads all destinations. */
export function readsFrom(
  consumer: { readonly reads?: readonly Destination[] | undefined },
  kind: Destination,
): boolean {
  return consumer.reads?.includes(kind) ?? true;
}
