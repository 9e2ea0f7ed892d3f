/**
 * How to delete something protected. The engine checks the protection in its state, so a separate deployment must remove that
 * first.
 *
 * @param first what to write for the first step. Example: `put DeviceInfo back into the tables`.
 * @param names what `allowDataLoss` has to name then
 * @param then what to write for the second. Example: `remove DeviceInfo`.
 */
export function deployTwice(first: string, names: readonly string[], then: string): string {
  const allowed = [...new Set(names)].join(", ");
  return (
    `deploy twice: (1) ${first}, set \`defender-streaming:allowDataLoss: [${allowed}]\` and run \`pulumi up\`, ` +
    `which removes the protection; (2) ${then} and run \`pulumi up\` again, which deletes them.`
  );
}

/** The same, for a preview that the engine may stop. */
export function twoSteps(...steps: Parameters<typeof deployTwice>): string {
  return `If the engine stops here because they are protected, ${deployTwice(...steps)}`;
}
