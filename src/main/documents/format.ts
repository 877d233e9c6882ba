/**
 * What every document format offers: one file a format under `formats/`. A format finds the text of a file in blocks and puts translated
 * blocks back; it knows no languages, no sentences and no engine. What it does not change stays as it was, byte by byte.
 */
import { codesProblem, type CodePair } from '../../shared/check-codes';
import type { Inlines } from '../../shared/inlines';
import { reason } from '../reasons';
import type { Languages } from './language-names';

/** What an inline code of a block is. `open` and `close` come in pairs that nest; the translation must keep them so. */
export type Code = { kind: 'open'; close: number } | { kind: 'close'; open: number } | { kind: 'alone' };

/** A paragraph, heading, cell, cue, string: text that is translated together. */
export interface Block {
  readonly inlines: Inlines;
  /** By number. */
  readonly codes: readonly Code[];
  /** Where it is, for a person: `slide 3, notes`, `sheet "Budget", C7`, `key menu.open`. Empty where only the order says so. */
  readonly place: string;
}

/** Something that is in the file and was not translated, for the report: `2 images`, `page 4 has no text`. */
export interface Left {
  readonly what: string;
  readonly why: string;
}

export interface OpenDocument {
  /** In reading order. Blocks without a letter are not listed. */
  readonly blocks: readonly Block[];
  readonly left: readonly Left[];
  /** The language that translations which were in the file before are in; absent where there are none, or where it does not say. */
  readonly translatedInto?: string;
  /**
   * The file with the given blocks' inlines in place of their own; all others stay. Each code of a block must be in its inlines exactly
   * once, pairs nested; otherwise `DocumentError`. With no translation, or with translations equal to their sources, the bytes of a
   * plain file, and of every part of a container, are those that were read. With `languages`, a file that names the language of its text
   * names the new one.
   */
  write(translations: ReadonlyMap<number, Inlines>, languages?: Languages): Promise<Uint8Array>;
}

export interface Format {
  /** `docx` */
  readonly id: string;
  /** `Word document` */
  readonly name: string;
  /** Lower case, without the dot; the first is the usual one. */
  readonly extensions: readonly string[];
  /** What a translation is called that does not keep its source's extension, by that: a template becomes a file of one language. */
  readonly translatedExtensions?: Readonly<Record<string, string>>;
  /** Throws `DocumentError`: the file is damaged, locked, of another kind, or hostile. */
  read(bytes: Uint8Array): Promise<OpenDocument>;
  /**
   * One file with source and translation paragraph by paragraph, of a file and of what `write` made of it. Absent where that would not be a
   * document to read: tables, subtitles, strings. Throws `DocumentError` where the two do not belong together.
   */
  bilingual?(source: Uint8Array, translation: Uint8Array, languages: Languages): Promise<Uint8Array>;
  /** Of a format whose files are read and not written; `read` is that of the usual one. */
  readonly reflow?: Reflow;
}

/** The text flows into a new document of another format, which is translated in its place. */
export interface Reflow {
  /** What it can flow into; the usual one first. */
  readonly into: readonly Format[];
  /** `into` is one of those. Throws `DocumentError`, or the signal's reason. */
  read(bytes: Uint8Array, into: Format, signal?: AbortSignal): Promise<Reflowed>;
}

export interface Reflowed {
  /** The new document, not translated. */
  readonly bytes: Uint8Array;
  readonly document: OpenDocument;
}

/** The file cannot be read or written; the message is for a person: what was got, what was expected, what to do. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/** Opening and closing codes of a block, for `codesProblem`. */
export function pairsOf(block: Block): CodePair[] {
  return block.codes.flatMap((code, number) => (code.kind === 'open' ? [[number, code.close] as const] : []));
}

/** Throws `DocumentError` where a code is missing, strange or out of order; `number` is the block's, from 0. */
export function checkTranslation(block: Block, number: number, translation: Inlines): void {
  const problem = codesProblem(block.inlines, translation, pairsOf(block));
  if (problem !== null) throw new DocumentError(reason`The translation of block ${number + 1} would break the formatting: ${problem}.`);
}
