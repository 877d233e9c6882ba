/**
 * TMX 1.4: translation memories as other programs write and read them. Read as a stream, one unit at a time; entities of the file's own are
 * refused, a document type is never loaded. Inline codes: `bpt`/`ept` are pairs, `it` has its partner in another sentence, `ph` stands
 * alone. What other programs wrote inside them is theirs and not kept.
 */
import { createReadStream } from 'node:fs';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { languageSchema } from '../../shared/pack';
import type { CodePair } from '../../shared/check-codes';
import { textOf, type Inline, type Inlines } from '../../shared/inlines';
import type { LanguagePair, MemoryPair } from '../../shared/memory';
import { escapeAttribute, escapeText } from '../documents/xml';
import { reason } from '../reasons';
import { ExchangeError } from './exchange-error';
import { TextStream } from './text-stream';

export interface TmxPair extends LanguagePair {
  readonly source: Inlines;
  readonly translation: Inlines;
  readonly pairs: readonly CodePair[];
  /** Milliseconds since 1970; null where the file does not say. */
  readonly changedMs: number | null;
}

/** A unit that gives no pair. */
export interface LeftUnit {
  readonly why: string;
}

/** Characters in one unit; more is no sentence. */
const MOST_TEXT = 100_000;
const MOST_DEPTH = 64;

interface Variant {
  readonly language: string | null;
  readonly inlines: Inline[];
  readonly codes: CodeMark[];
}

interface CodeMark {
  readonly kind: 'open' | 'close' | 'alone';
  /** Names the partner of a pair, or the same code in the other language. */
  readonly name: string;
  readonly isSplit: boolean;
}

/** What has been read, each time some of the file is; units in the order of the file. Throws `ExchangeError`. */
export async function* readTmx(path: string): AsyncGenerator<readonly (TmxPair | LeftUnit)[]> {
  const reader = new TmxReader();
  const text = new TextStream();
  for await (const chunk of createReadStream(path)) {
    yield reader.take(text.push(chunk as Buffer));
  }
  yield reader.take(text.end());
  yield reader.end();
}

class TmxReader {
  private readonly parser = new SaxesParser();
  private read: (TmxPair | LeftUnit)[] = [];
  private readonly path: string[] = [];
  private headerLanguage: string | null = null;
  private unit: { readonly source: string | null; readonly changedMs: number | null; readonly variants: Variant[]; length: number } | null =
    null;
  private variant: Variant | null = null;
  /** Depth at which a code began: what is in it is not text. */
  private codeDepth = Infinity;

  constructor() {
    const { parser } = this;
    parser.on('error', (error) => {
      throw new ExchangeError(reason`This is not well-formed XML: ${error.message}. Export it again from the program that wrote it.`);
    });
    parser.on('doctype', (doctype) => {
      if (doctype.includes('['))
        throw new ExchangeError(reason`The file declares entities of its own, which a memory never needs. It is not to be trusted.`);
    });
    parser.on('opentag', (tag) => this.open(tag));
    parser.on('closetag', ({ name }) => this.close(name));
    parser.on('text', (text) => this.text(text));
    parser.on('cdata', (text) => this.text(text));
  }

  take(text: string): readonly (TmxPair | LeftUnit)[] {
    this.parser.write(text);
    const { read } = this;
    this.read = [];
    return read;
  }

  end(): readonly (TmxPair | LeftUnit)[] {
    this.parser.close();
    return this.take('');
  }

  private open({ name, attributes }: SaxesTagPlain): void {
    if (this.path.length === 0 && name !== 'tmx') {
      throw new ExchangeError(reason`Got a file that begins with <${name}>, expected a translation memory (TMX), which begins with <tmx>.`);
    }
    if (this.path.length >= MOST_DEPTH)
      throw new ExchangeError(reason`Elements are nested more than ${MOST_DEPTH} deep; no memory does that.`);
    this.path.push(name);
    switch (name) {
      case 'header':
        this.headerLanguage = languageOf(attributes['srclang']);
        return;
      case 'tu':
        this.unit = {
          source: attributes['srclang'] === undefined ? this.headerLanguage : languageOf(attributes['srclang']),
          changedMs: timeOf(attributes['changedate'] ?? attributes['creationdate']),
          variants: [],
          length: 0,
        };
        return;
      case 'tuv':
        this.variant = { language: languageOf(attributes['xml:lang'] ?? attributes['lang']), inlines: [], codes: [] };
        this.unit?.variants.push(this.variant);
        return;
      case 'bpt':
        return this.code('open', attributes['i'] ?? '', false);
      case 'ept':
        return this.code('close', attributes['i'] ?? '', false);
      case 'it':
        return this.code(attributes['pos'] === 'end' ? 'close' : 'open', attributes['x'] ?? '', true);
      case 'ph':
      case 'ut':
        return this.code('alone', attributes['x'] ?? '', false);
    }
  }

  private code(kind: CodeMark['kind'], name: string, isSplit: boolean): void {
    if (!this.variant || !this.path.includes('seg') || this.path.length > this.codeDepth) return;
    this.variant.inlines.push({ code: this.variant.codes.length });
    this.variant.codes.push({ kind, name, isSplit });
    this.codeDepth = this.path.length;
  }

  private text(text: string): void {
    if (!this.variant || !this.unit || !this.path.includes('seg') || this.path.length >= this.codeDepth) return;
    this.unit.length += text.length;
    if (this.unit.length <= MOST_TEXT) this.variant.inlines.push(text);
  }

  private close(name: string): void {
    if (this.path.length === this.codeDepth) this.codeDepth = Infinity;
    this.path.pop();
    if (name === 'tuv') this.variant = null;
    if (name !== 'tu' || !this.unit) return;
    this.read.push(...pairsOf(this.unit));
    this.unit = null;
  }
}

function pairsOf(unit: {
  source: string | null;
  changedMs: number | null;
  variants: readonly Variant[];
  length: number;
}): (TmxPair | LeftUnit)[] {
  if (unit.length > MOST_TEXT) return [{ why: reason`longer than ${MOST_TEXT} characters` }];
  const said = unit.variants.filter(({ language, inlines }) => language !== null && textOf(inlines).trim() !== '');
  // Where the file names no source language, each is one.
  const sources = unit.source === null ? said : said.filter(({ language }) => language === unit.source).slice(0, 1);
  const found = sources.flatMap((source) =>
    said.flatMap((target): TmxPair[] => {
      if (source.language === target.language || source.language === null || target.language === null) return [];
      const { pairs, translation } = matched(source, target);
      return [
        { from: source.language, to: target.language, source: trimmed(source.inlines), translation, pairs, changedMs: unit.changedMs },
      ];
    }),
  );
  return found.length > 0 ? found : [{ why: reason`no text in two languages` }];
}

/** The target's codes with the numbers of the source's; those that have none get numbers of their own, so that they do not fit. */
function matched(source: Variant, target: Variant): Pick<TmxPair, 'pairs' | 'translation'> {
  const free = source.codes.map((_code, number) => number);
  const numbers = target.codes.map((code) => {
    const at = free.findIndex((number) => {
      const other = source.codes[number];
      return other?.kind === code.kind && other.isSplit === code.isSplit && other.name === code.name;
    });
    const byKind = at >= 0 ? at : free.findIndex((number) => source.codes[number]?.kind === code.kind && code.kind === 'alone');
    return byKind < 0 ? source.codes.length + target.codes.length : (free.splice(byKind, 1)[0] ?? 0);
  });
  const pairs = source.codes.flatMap(({ kind, name, isSplit }, number): CodePair[] => {
    if (isSplit) {
      const elsewhere = source.codes.length + number;
      return kind === 'open' ? [[number, elsewhere]] : [[elsewhere, number]];
    }
    const close = source.codes.findIndex((other) => other.kind === 'close' && !other.isSplit && other.name === name);
    return kind === 'open' && close >= 0 ? [[number, close]] : [];
  });
  const translation = trimmed(target.inlines.map((inline) => (typeof inline === 'string' ? inline : { code: numbers[inline.code] ?? -1 })));
  return { pairs, translation };
}

/** Space at the edges is the document's, not the sentence's. */
function trimmed(inlines: Inlines): Inlines {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (typeof inline === 'string' && typeof last === 'string') joined[joined.length - 1] = last + inline;
    else joined.push(inline);
  }
  return joined
    .map((inline, at) => {
      if (typeof inline !== 'string') return inline;
      const start = at === 0 ? inline.trimStart() : inline;
      return at === joined.length - 1 ? start.trimEnd() : start;
    })
    .filter((inline) => inline !== '');
}

/** `de` of `de-DE`; null for `*all*` and what is no language. */
function languageOf(tag: string | undefined): string | null {
  const language = languageSchema.safeParse((tag ?? '').toLowerCase().split(/[-_]/)[0]);
  return language.success ? language.data : null;
}

/** `20240517T140500Z` */
function timeOf(date: string | undefined): number | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date ?? '') ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Number.isNaN(time) ? null : time;
}

/** Piece by piece, so that a large memory is never whole in the app's. */
export function* writeTmx(languages: LanguagePair, pages: Iterable<readonly MemoryPair[]>, appVersion: string): Generator<string> {
  const { from, to } = languages;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n`;
  yield `<header creationtool="Tandem" creationtoolversion="${escapeAttribute(appVersion)}" segtype="sentence" o-tmf="Tandem" adminlang="en" srclang="${from}" datatype="plaintext"/>\n<body>\n`;
  for (const page of pages) {
    const units = page.map(({ source, translation, pairs, origin, maker, changedMs }) => {
      const made = `<prop type="x-origin">${origin}</prop>${maker === '' ? '' : `<prop type="x-maker">${escapeText(maker)}</prop>`}`;
      const variant = (language: string, inlines: Inlines) =>
        `<tuv xml:lang="${language}"><seg>${writtenInlines(inlines, pairs)}</seg></tuv>`;
      return `<tu changedate="${dateOf(changedMs)}">${made}${variant(from, source)}${variant(to, translation)}</tu>\n`;
    });
    yield units.join('');
  }
  yield '</body>\n</tmx>\n';
}

function writtenInlines(inlines: Inlines, pairs: readonly CodePair[]): string {
  const own = new Set(inlines.flatMap((inline) => (typeof inline === 'string' ? [] : [inline.code])));
  return inlines
    .map((inline) => {
      if (typeof inline === 'string') return escapeText(inline);
      const { code } = inline;
      const pair = pairs.find((numbers) => numbers.includes(code));
      const x = code + 1;
      if (!pair) return `<ph x="${x}"/>`;
      const isOpen = pair[0] === code;
      if (!pair.every((number) => own.has(number))) return `<it pos="${isOpen ? 'begin' : 'end'}" x="${x}"/>`;
      return isOpen ? `<bpt i="${pair[0] + 1}" x="${x}"/>` : `<ept i="${pair[0] + 1}"/>`;
    })
    .join('');
}

const dateOf = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
