/**
 * A decoder-only pack's tokenizer.json: byte-level BPE. Pre-tokenizer and model are the library's; which text may become a control token is
 * decided here.
 */
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import type { PieceBytes } from './detokenizer';

const tokenizerFileSchema = z.looseObject({
  model: z.looseObject({ type: z.literal('BPE'), vocab: z.record(z.string(), z.number().int().nonnegative()) }),
  added_tokens: z.array(z.looseObject({ id: z.number().int().nonnegative(), content: z.string().min(1) })),
});

export class ByteTokenizer {
  /** What each id writes; control tokens write nothing. */
  readonly pieceTexts: readonly PieceBytes[];
  private readonly library: LibraryTokenizer;
  private readonly controlIds: ReadonlyMap<string, number>;
  private readonly controls: RegExp;

  /** `file` is the parsed tokenizer.json. Throws a ZodError when it is none this app can read. */
  constructor(file: unknown) {
    const { model, added_tokens: added } = tokenizerFileSchema.parse(file);
    this.controlIds = new Map(added.map(({ content, id }) => [content, id]));
    const longestFirst = [...this.controlIds.keys()].sort((a, b) => b.length - a.length);
    this.controls = new RegExp(longestFirst.map(escaped).join('|') || '(?!)', 'gu');
    const ids = Object.values(model.vocab);
    const pieces: PieceBytes[] = Array.from({ length: Math.max(...ids, ...this.controlIds.values()) + 1 }, () => '');
    const bytes = byteOfCharacter();
    for (const [piece, id] of Object.entries(model.vocab)) pieces[id] = textOf(Array.from(piece, (character) => bytes.get(character) ?? 0));
    for (const id of this.controlIds.values()) pieces[id] = '';
    this.pieceTexts = pieces;
    // Without added tokens the library takes none from the text.
    this.library = new LibraryTokenizer({ ...(file as object), added_tokens: [] }, {});
  }

  get vocabSize(): number {
    return this.pieceTexts.length;
  }

  /** Ids of a text, which never become control tokens, whatever it looks like. NULs and lone surrogates count as U+FFFD. */
  encode(text: string): number[] {
    const wellFormed = text.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
    return this.library.encode(wellFormed, { add_special_tokens: false }).ids;
  }

  /** Ids of a text that the pack itself brings: control tokens written out become such. */
  encodeTemplate(text: string): number[] {
    const ids: number[] = [];
    let end = 0;
    for (const match of text.matchAll(this.controls)) {
      ids.push(...this.encode(text.slice(end, match.index)), ...idsOf(this.controlIds.get(match[0])));
      end = match.index + match[0].length;
    }
    return [...ids, ...this.encode(text.slice(end))];
  }
}

const idsOf = (id: number | undefined) => (id === undefined ? [] : [id]);
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whole characters as text, else the bytes. */
function textOf(bytes: readonly number[]): PieceBytes {
  const text = Buffer.from(bytes).toString('utf8');
  return text.includes('\ufffd') ? bytes : text;
}

/** GPT-2's: a printable Latin-1 character stands for its own byte, the characters from U+0100 on for the others. */
function byteOfCharacter(): Map<string, number> {
  const isPrintable = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
  let next = 0x100;
  return new Map(Array.from({ length: 256 }, (_, byte) => [String.fromCodePoint(isPrintable(byte) ? byte : next++), byte]));
}
