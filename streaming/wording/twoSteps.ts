/**
 * How what is protected can go, in words: the engine looks at the protection in its state, so a deployment of its own has
 * to take that off first.
 *
 * @param first what to write for the first step. Example: `put DeviceInfo back into the tables`.
 * @param names what `allowDataLoss` has to name then
 * @param then what to write for the second. Example: `take DeviceInfo out`.
 */
export function twoSteps(first: string, names: readonly string[], then: string): string {
  const allowed = [...new Set(names)].join(", ");
  return (
    "If the engine stops here because they are protected, it takes two steps: " +
    `(1) ${first}, set \`defender-streaming:allowDataLoss: [${allowed}]\` and run \`pulumi up\`, ` +
    `which takes the protection away; (2) ${then} and run \`pulumi up\` again, which deletes.`
  );
}
