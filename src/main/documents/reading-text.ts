/** A file as a person reads it, for whoever does not write it again: its text in reading order, an empty line between paragraphs. */
import { extname } from 'node:path';
import { reason } from '../reasons';
import { decodeText } from '../text-encoding';
import { DocumentError, type Block } from './format';
import { FORMATS, formatOf } from './known-formats';

/** Formats that are text for people as they stand; what has no known extension is read so too. */
const READABLE = ['txt', 'md'];

/** `name` is the file's name, with or without folders. Throws `DocumentError`: damaged, locked, empty, of another kind, or no text. */
export async function readingText(name: string, bytes: Uint8Array): Promise<string> {
  const extension = extname(name).slice(1).toLowerCase();
  const format = FORMATS.find(({ extensions }) => extensions.includes(extension));
  if (format && !format.extensions.some((known) => READABLE.includes(known))) {
    const { blocks } = await formatOf(name, bytes).read(bytes);
    return blocks.map(paragraphOf).join('\n\n');
  }
  const decoded = decodeText(bytes);
  // Says what is wrong with a file that is empty, or of a kind that is not known.
  if (format || decoded.kind === 'unknown') formatOf(name, bytes);
  if (decoded.kind === 'text') return decoded.text;
  throw new DocumentError(
    reason`“${name}” is not UTF-8 or UTF-16 text (byte ${decoded.at}). Save it as UTF-8, or as a document, in the program that wrote it.`,
  );
}

/** What is no text in it, a picture or a line break, parts words. */
function paragraphOf({ inlines, codes }: Block): string {
  const pieces = inlines.map((inline) => (typeof inline === 'string' ? inline : codes[inline.code]?.kind === 'alone' ? ' ' : ''));
  return pieces.join('').replace(/\s+/g, ' ').trim();
}
