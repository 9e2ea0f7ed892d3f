/**
 * A document with another text between the markers `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws Error when the markers are missing.
 */
export function withSection(document: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`The lines ${start} and ${end}, between which a generated text goes, are missing.`);
  return `${document.slice(0, from + start.length)}\n\n${text}\n\n${document.slice(to)}`;
}
