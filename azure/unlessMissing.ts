/** azure-native has no "try to get": a resource that is not there is an error with ARM's code in its text. */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (/ResourceNotFound|ResourceGroupNotFound|Status=404|\b404 Not Found\b/i.test(String(error)))
      return undefined;
    throw error;
  }
}
