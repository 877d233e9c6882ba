/** What holds for every format and every file: asked of real files, and of files broken at random. */
import { expect } from 'vitest';
import { DocumentError, type Block, type Format, type OpenDocument } from '../../../../src/main/documents/format';
import { codesOf, type Inlines, textOf } from '../../../../src/shared/inlines';

export const EN_DE = { from: 'en', to: 'de' };

export const read = (format: Format, text: string): Promise<OpenDocument> => format.read(Buffer.from(text));

export const texts = (document: OpenDocument): string[] => document.blocks.map((block) => textOf(block.inlines));

/** Blocks with codes shown: `Hello <0>world</1>, <2/>`. */
export const shown = (document: OpenDocument): string[] => document.blocks.map(showBlock);

function showBlock({ inlines, codes }: Block): string {
  const tags = { open: (code: number) => `<${code}>`, close: (code: number) => `</${code}>`, alone: (code: number) => `<${code}/>` };
  return inlines.map((inline) => (typeof inline === 'string' ? inline : tags[codes[inline.code]?.kind ?? 'alone'](inline.code))).join('');
}

/** Writes a document from English to German with some blocks, by their text, replaced: `Hello <0>world</1>` again stands for codes. */
export async function translated(format: Format, text: string, table: Record<string, string>): Promise<string> {
  const document = await read(format, text);
  const wanted = new Map(Object.entries(table));
  const translations = new Map<number, Inlines>();
  for (const [number, block] of document.blocks.entries()) {
    const translation = wanted.get(showBlock(block));
    if (translation === undefined) continue;
    wanted.delete(showBlock(block));
    translations.set(number, parseShown(translation));
  }
  expect([...wanted.keys()], `not among ${shown(document).join(' | ')}`).toEqual([]);
  return Buffer.from(await document.write(translations, EN_DE)).toString();
}

export const parseShown = (text: string): Inlines =>
  text
    .split(/(<\/?\d+\/?>)/)
    .filter((part) => part !== '')
    .map((part) => (/^<\/?\d+\/?>$/.test(part) ? { code: Number(/\d+/.exec(part)?.[0]) } : part));

/** No translation, and translations that say the same, give the bytes that were read. Returns the document. */
export async function expectIdentity(format: Format, bytes: Uint8Array): Promise<OpenDocument> {
  const document = await format.read(bytes);
  expect(Buffer.from(await document.write(new Map())).equals(bytes)).toBe(true);
  const own = new Map(document.blocks.map((block, number) => [number, block.inlines]));
  expect(Buffer.from(await document.write(own)).equals(bytes)).toBe(true);
  for (const block of document.blocks) {
    const codes = codesOf(block.inlines);
    expect(codes, 'codes are counted in the order of the source').toEqual(block.codes.map((_code, number) => number));
    expect(textOf(block.inlines)).toMatch(/\p{L}/u);
  }
  return document;
}

/** Letters whose capital is one letter and has no other small letter. */
export const upper = (text: string): string =>
  text.replaceAll(/\p{Ll}/gu, (letter) => (letter.toUpperCase().length === letter.length ? letter.toUpperCase() : letter));

export const upperInlines = (inlines: Inlines): Inlines => inlines.map((inline) => (typeof inline === 'string' ? upper(inline) : inline));

/** Writes every block in capitals and reads again: what was written, and what is found in it. */
export async function inCapitals(
  format: Format,
  bytes: Uint8Array,
): Promise<{ before: OpenDocument; written: Uint8Array; after: OpenDocument }> {
  const before = await format.read(bytes);
  const written = await before.write(new Map(before.blocks.map((block, number) => [number, upperInlines(block.inlines)])), EN_DE);
  return { before, written, after: await format.read(written) };
}

/** Reading gives a document or a `DocumentError`; a document can be written. Returns whether it could be read. */
export async function expectNoCrash(format: Format, bytes: Uint8Array): Promise<boolean> {
  let document: OpenDocument;
  try {
    document = await format.read(bytes);
  } catch (error) {
    if (error instanceof DocumentError && error.message.length > 20) return false;
    throw error;
  }
  expect(Buffer.from(await document.write(new Map())).equals(bytes)).toBe(true);
  try {
    await document.write(new Map(document.blocks.map((block, number) => [number, upperInlines(block.inlines)])));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
  }
  return true;
}
