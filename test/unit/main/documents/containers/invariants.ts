/** What holds for every document that can be read, whatever is in it. */
import { readFileSync } from 'node:fs';
import { DocumentError, type Format, type OpenDocument } from '../../../../../src/main/documents/format';
import { ZipArchive } from '../../../../../src/main/documents/zip';
import { type Inlines, textOf } from '../../../../../src/shared/inlines';

export const upperCased = (inlines: Inlines): Inlines =>
  inlines.map((inline) => (typeof inline === 'string' ? inline.toUpperCase() : inline));

const joinedText = (inlines: Inlines): string => textOf(inlines).replace(/\s+/g, ' ').trim();

/** Sentences that tell what does not hold; empty when all is well. */
export async function problemsOf(format: Format, bytes: Uint8Array): Promise<string[]> {
  const document = await format.read(bytes);
  return [...blockProblems(document), ...(await identityProblems(document, bytes)), ...(await roundTripProblems(format, document))];
}

function blockProblems({ blocks }: OpenDocument): string[] {
  return blocks.flatMap(({ inlines }, number) => {
    const isTidy = inlines.every((inline, at) => inline !== '' && !(typeof inline === 'string' && typeof inlines[at - 1] === 'string'));
    if (!isTidy) return [`block ${number} has strings next to each other, or an empty one`];
    return /\p{L}/u.test(textOf(inlines)) ? [] : [`block ${number} holds no letter`];
  });
}

async function identityProblems(document: OpenDocument, bytes: Uint8Array): Promise<string[]> {
  const same = (written: Uint8Array): boolean => Buffer.compare(written, bytes) === 0;
  const problems = same(await document.write(new Map())) ? [] : ['without a translation, other bytes are written'];
  const own = new Map(document.blocks.map(({ inlines }, number) => [number, [...inlines]]));
  return same(await document.write(own)) ? problems : [...problems, 'with the own texts as translations, other bytes are written'];
}

async function roundTripProblems(format: Format, document: OpenDocument): Promise<string[]> {
  const translations = new Map(document.blocks.map(({ inlines }, number) => [number, upperCased(inlines)]));
  const again = await format.read(await document.write(translations));
  if (again.blocks.length !== document.blocks.length) {
    return [`${document.blocks.length} blocks were written, ${again.blocks.length} came back`];
  }
  return document.blocks.flatMap((block, number) => {
    const back = again.blocks[number];
    const expected = joinedText(upperCased(block.inlines));
    if (!back || joinedText(back.inlines) !== expected) {
      return [`block ${number} (${block.place}): ${JSON.stringify(back?.inlines)} came back for ${JSON.stringify(block.inlines)}`];
    }
    if (JSON.stringify(back.codes) !== JSON.stringify(block.codes)) return [`block ${number} (${block.place}) came back with other codes`];
    return back.place === block.place ? [] : [`block ${number} came back as ${back.place}, not ${block.place}`];
  });
}

/** The refusal's message, or null when the file was read. Any other error is thrown on. */
export async function refusalOf(format: Format, bytes: Uint8Array): Promise<string | null> {
  try {
    const document = await format.read(bytes);
    await document.write(new Map(document.blocks.map(({ inlines }, number) => [number, upperCased(inlines)])));
    return null;
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
}

/** The unpacked parts by name, in the archive's order. */
export async function partsOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const archive = ZipArchive.open(bytes);
  const parts = new Map<string, string>();
  for (const name of archive.names) parts.set(name, Buffer.from(await archive.read(name)).toString('latin1'));
  return parts;
}

export function readFixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../../../fixtures/documents/${name}`, import.meta.url));
}
