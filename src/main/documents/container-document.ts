/**
 * A document whose text lies in several XML parts of a zip archive: formats add the blocks they find, each with the place it is written to,
 * and get the `OpenDocument`. What no block covers is copied; a part without a translated block and without a name of the text's language
 * keeps its bytes, and its packed bytes.
 */
import { sameInlines, type Inlines } from '../../shared/inlines';
import { reason } from '../reasons';
import { checkTranslation, type Block, DocumentError, type Left, type OpenDocument } from './format';
import { readSourceText, type SourceText } from './formats/source-text';
import type { Languages } from './language-names';
import type { Counted } from './left-out';
import { textRenamed, type PartLanguages } from './part-languages';
import { layOut, type Piece, type Range, type TextLayout } from './text-layout';
import { escapeAttribute, parseXml, type XmlAttribute, type XmlElement, type XmlVocabulary } from './xml';
import { ZipArchive } from './zip';

const MOST_BLOCKS = 500_000;

/** An XML part that has been read. */
export interface XmlPart {
  readonly name: string;
  readonly source: SourceText;
  readonly root: XmlElement;
}

const ENCODING = {
  pattern: /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/,
  substitute: (character: string) => `&#${character.codePointAt(0) ?? 0};`,
};

/** `leave` as in `parseXml`, with the part's text. */
export async function readPart(
  archive: ZipArchive,
  name: string,
  vocabulary: XmlVocabulary,
  leave?: (element: XmlElement, text: string) => boolean,
): Promise<XmlPart> {
  const source = sourceOf(name, await archive.read(name));
  const { text } = source;
  return { name, source, root: parseXml(text, name, vocabulary, leave && ((element) => leave(element, text))) };
}

function sourceOf(name: string, bytes: Uint8Array): SourceText {
  try {
    return readSourceText(bytes, ENCODING);
  } catch (error) {
    throw error instanceof DocumentError ? new DocumentError(reason`In the part ${name}: ${error.message}`) : error;
  }
}

/** Where a block is written: a range of a part, and what stands there then. */
interface Slot extends Range {
  readonly part: XmlPart;
  readonly layout: TextLayout;
}

interface Found {
  readonly block: Block;
  readonly slots: Slot[];
}

export class ContainerDocument {
  private readonly found: Found[] = [];
  private readonly counts = new Map<string, { count: number; what: Counted; why: string }>();

  constructor(
    private readonly archive: ZipArchive,
    private readonly named: PartLanguages,
  ) {}

  get blockCount(): number {
    return this.found.length;
  }

  /** Adds a block where the pieces hold a letter; they are written in place of the range. */
  addText(part: XmlPart, pieces: readonly Piece[], { start, end }: Range, place: string): void {
    const layout = layOut(pieces);
    if (!layout) return;
    if (this.found.length >= MOST_BLOCKS)
      throw new DocumentError(reason`The file holds more than ${MOST_BLOCKS} paragraphs. Split the document.`);
    const { inlines, codes } = layout;
    this.found.push({ block: { inlines, codes, place }, slots: [{ part, layout, start, end }] });
  }

  /** Adds an attribute's value as a block. */
  addAttribute(part: XmlPart, attribute: XmlAttribute, place: string): void {
    const format = { key: '', write: escapeAttribute };
    this.addText(part, [{ kind: 'text', text: attribute.value, format, markup: [attribute] }], attribute, place);
  }

  /** Blocks added from `from` on that say the same as one between `first` and `from` are its copies: translated with it, not listed. */
  foldCopies(first: number, from: number): void {
    const originals = this.found.slice(first, from);
    const taken = new Set<Found>();
    const kept = this.found.slice(from).filter((copy) => {
      const original = originals.find((candidate) => !taken.has(candidate) && saySame(candidate.block, copy.block));
      if (!original) return true;
      taken.add(original);
      original.slots.push(...copy.slots);
      return false;
    });
    this.found.length = from;
    for (const entry of kept) this.found.push(entry);
  }

  /** Counts what is left under one reason; `what` names that many of them. */
  leave(what: Counted, why: string, count = 1): void {
    const key = `${what(2)}\n${why}`;
    const known = this.counts.get(key);
    if (known) known.count += count;
    else if (count > 0) this.counts.set(key, { count, what, why });
  }

  open(): OpenDocument {
    const { found, archive } = this;
    const left: Left[] = [...this.counts.values()].map(({ count, what, why }) => ({ what: what(count), why }));
    return {
      blocks: found.map(({ block }) => block),
      left,
      write: async (translations, languages) => {
        const parts = changedParts(found, translations);
        if (languages && parts.size > 0) await this.rename(parts, languages);
        return archive.write(parts);
      },
    };
  }

  /** Adds to the changed parts, and changes in them, what names the language of the text. A part that cannot be read stays as it is. */
  private async rename(parts: Map<string, Uint8Array>, languages: Languages): Promise<void> {
    const { archive, named } = this;
    for (const name of archive.names.filter((candidate) => named.parts.test(candidate))) {
      try {
        const source = sourceOf(name, parts.get(name) ?? (await archive.read(name)));
        const text = textRenamed(source.text, parseXml(source.text, name, named.vocabulary), named, languages);
        if (text !== source.text) parts.set(name, source.encode(text));
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
      }
    }
  }
}

function saySame(a: Block, b: Block): boolean {
  return a.codes.length === b.codes.length && sameInlines(a.inlines, b.inlines) && JSON.stringify(a.codes) === JSON.stringify(b.codes);
}

interface Change extends Slot {
  readonly translation: Inlines;
}

function changedParts(found: readonly Found[], translations: ReadonlyMap<number, Inlines>): Map<string, Uint8Array> {
  const changes = new Map<XmlPart, Change[]>();
  for (const [number, translation] of translations) {
    const entry = found[number];
    if (!entry) throw new DocumentError(reason`There is a translation of block ${number + 1}, but the document has ${found.length}.`);
    checkTranslation(entry.block, number, translation);
    if (sameInlines(translation, entry.block.inlines)) continue;
    for (const slot of entry.slots) {
      const inPart = changes.get(slot.part);
      if (inPart) inPart.push({ ...slot, translation });
      else changes.set(slot.part, [{ ...slot, translation }]);
    }
  }
  return new Map([...changes].map(([part, inPart]) => [part.name, part.source.encode(rewritten(part.source.text, inPart))]));
}

/** Changes may lie within one another (a text box in a paragraph): the outer asks for its ranges, which come with the inner ones done. */
function rewritten(text: string, unordered: readonly Change[]): string {
  const changes = unordered.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const source = ({ start, end }: Range, from: number): string => {
    let result = '';
    let done = start;
    for (let at = firstFrom(changes, start, from); at < changes.length; at++) {
      const change = changes[at];
      if (!change || change.start >= end) break;
      if (change.start < done || change.end > end) continue;
      const within = at + 1;
      result += text.slice(done, change.start) + change.layout.write(change.translation, (range) => source(range, within));
      done = change.end;
    }
    return result + text.slice(done, end);
  };
  return source({ start: 0, end: text.length }, 0);
}

/** Index of the first change, at `from` or behind it, that begins at `start` or behind it. */
function firstFrom(changes: readonly Change[], start: number, from: number): number {
  let low = from;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
