/**
 * The certificate library's dependency injection asks `Reflect` for decorator metadata and refuses to load where
 * nobody answers. Its build carries none, so answering "none" is all it needs. Import this before the library.
 */
const noMetadata = {
  getMetadata: () => undefined,
  getOwnMetadata: () => undefined,
  defineMetadata: () => undefined,
};

for (const [name, answer] of Object.entries(noMetadata)) {
  if (!(name in Reflect))
    Object.defineProperty(Reflect, name, { value: answer, configurable: true, writable: true });
}
