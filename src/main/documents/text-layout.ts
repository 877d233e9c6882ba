/**
 * A paragraph of a marked-up document as text with inline codes, and back. Formats hand over its content in pieces; here the runs that
 * look alike become one text, what differs from the paragraph's usual look becomes a pair of codes, and what is at the edges, or is no
 * text, stays outside or becomes one code. Knows no format: a piece brings the markup that it is written with.
 */
import type { Inline, Inlines } from '../../shared/inlines';
import type { Code } from './format';
import { hasLetter } from './formats/splice';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Written as it is, or taken from the source with the blocks inside it translated. */
export type Markup = readonly (string | Range)[];

/** How text looks; equal keys look alike. */
export interface TextFormat {
  readonly key: string;
  /** Markup around and escapes in it. */
  write(text: string): string;
}

/** In reading order; `open` and `close` nest. */
export type Piece =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly format: TextFormat;
      /** As it stands in the source. */ readonly markup: Markup;
    }
  | { readonly kind: 'alone'; readonly markup: Markup }
  | { readonly kind: 'open'; readonly markup: Markup }
  | { readonly kind: 'close'; readonly markup: Markup };

export interface TextLayout {
  readonly inlines: Inlines;
  readonly codes: readonly Code[];
  /** `source` gives a range of the document. Codes must have been checked. */
  write(translation: Inlines, source: (range: Range) => string): string;
}

interface Text {
  readonly kind: 'text';
  readonly text: string;
  readonly format: TextFormat;
}
interface Alone {
  readonly kind: 'alone';
  readonly content: readonly Written[];
}
interface Group {
  readonly kind: 'group';
  readonly open: Markup;
  readonly close: Markup;
  readonly items: readonly Item[];
  /** Of text that stands directly in it. */
  readonly base: TextFormat | null;
}
type Item = Text | Alone | Group;
/** What an edge or a code holds: markup, or text with its look (an edge's spaces). */
type Written = Text | { readonly kind: 'markup'; readonly markup: Markup };

/** Null where there is no letter to translate. */
export function layOut(pieces: readonly Piece[]): TextLayout | null {
  if (!pieces.some((piece) => piece.kind === 'text' && hasLetter(piece.text))) return null;
  return layoutOf(trimmed(groupOf(pieces)));
}

function groupOf(pieces: readonly Piece[]): Group {
  const open: { markup: Markup; items: Item[] }[] = [{ markup: [], items: [] }];
  for (const piece of pieces) {
    const items = open.at(-1)?.items ?? [];
    if (piece.kind === 'text') items.push(piece);
    else if (piece.kind === 'alone') items.push({ kind: 'alone', content: [{ kind: 'markup', markup: piece.markup }] });
    else if (piece.kind === 'open') open.push({ markup: piece.markup, items: [] });
    else {
      const group = open.pop();
      if (group)
        open.at(-1)?.items.push(...simplified({ kind: 'group', open: group.markup, close: piece.markup, ...formatted(group.items) }));
    }
  }
  return { kind: 'group', open: [], close: [], ...formatted(open[0]?.items ?? []) };
}

/** A pair around no text is one code; a pair directly around another is one pair. */
function simplified(group: Group): Item[] {
  const { open, close, items, base } = group;
  const [only] = items;
  if (items.length === 0 || (items.length === 1 && only?.kind === 'alone')) {
    const content = only?.kind === 'alone' ? only.content : [];
    return [{ kind: 'alone', content: [{ kind: 'markup', markup: open }, ...content, { kind: 'markup', markup: close }] }];
  }
  if (items.length === 1 && only?.kind === 'group') {
    return [{ ...only, open: [...open, ...only.open], close: [...only.close, ...close], base: only.base ?? base }];
  }
  return [group];
}

/** Neighbours that look alike are joined, and stretches that look unlike the most of it are grouped. */
function formatted(raw: readonly Item[]): { items: Item[]; base: TextFormat | null } {
  const items = joined(withPlainSpaces(raw));
  const base = baseOf(items);
  const result: Item[] = [];
  for (let at = 0; at < items.length;) {
    const item = items[at];
    if (!item) break;
    const end = item.kind === 'text' && item.format.key !== base?.key ? stretchEnd(items, at, item.format.key) : at + 1;
    if (item.kind === 'text' && item.format.key !== base?.key) {
      result.push({ kind: 'group', open: [], close: [], items: items.slice(at, end), base: item.format });
    } else {
      result.push(item);
    }
    at = end;
  }
  return { items: joined(result), base };
}

/** Behind the last text of the same look that only codes stand between. */
function stretchEnd(items: readonly Item[], from: number, key: string): number {
  let end = from + 1;
  for (let at = from + 1; at < items.length; at++) {
    const item = items[at];
    if (item?.kind === 'text' && item.format.key === key) end = at + 1;
    else if (item?.kind !== 'alone') break;
  }
  return end;
}

const IS_SPACE = /^\s*$/;

/** A space takes its neighbours' look where they agree; a single one takes that of the text before it. */
function withPlainSpaces(items: readonly Item[]): Item[] {
  const result: Item[] = [];
  items.forEach((item, at) => {
    const before = result.at(-1);
    const after = items[at + 1];
    if (item.kind === 'text' && before?.kind === 'text' && after?.kind === 'text' && IS_SPACE.test(item.text)) {
      if (before.format.key === after.format.key || item.text.length === 1) {
        result.push({ ...item, format: before.format });
        return;
      }
    }
    result.push(item);
  });
  return result;
}

function joined(items: readonly Item[]): Item[] {
  const result: Item[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (item.kind === 'text' && item.text === '') continue;
    if (item.kind === 'text' && last?.kind === 'text' && last.format.key === item.format.key) {
      result[result.length - 1] = { ...last, text: last.text + item.text };
    } else if (item.kind === 'alone' && last?.kind === 'alone') {
      result[result.length - 1] = { kind: 'alone', content: [...last.content, ...item.content] };
    } else {
      result.push(item);
    }
  }
  return result;
}

/** The look of most of the text; the first of equals. Where no text stands directly, that of the first text further in. */
function baseOf(items: readonly Item[]): TextFormat | null {
  const lengths = new Map<string, { format: TextFormat; length: number }>();
  for (const item of items) {
    if (item.kind !== 'text') continue;
    const known = lengths.get(item.format.key);
    if (known) known.length += item.text.length;
    else lengths.set(item.format.key, { format: item.format, length: item.text.length });
  }
  let most: { format: TextFormat | null; length: number } = { format: null, length: -1 };
  for (const entry of lengths.values()) if (entry.length > most.length) most = entry;
  return most.format ?? items.reduce<TextFormat | null>((base, item) => base ?? (item.kind === 'group' ? item.base : null), null);
}

interface Trimmed {
  readonly before: readonly Written[];
  readonly items: readonly Item[];
  readonly base: TextFormat | null;
  readonly after: readonly Written[];
}

/** Codes and spaces at the edges, and pairs around everything, are kept outside. */
function trimmed(root: Group): Trimmed {
  const before: Written[] = [];
  const after: Written[] = [];
  let { base } = root;
  let items = [...root.items];
  for (;;) {
    const first = items[0];
    const last = items.at(-1);
    if (first?.kind === 'alone') {
      before.push(...first.content);
      items.shift();
    } else if (last?.kind === 'alone') {
      after.unshift(...last.content);
      items.pop();
    } else if (first?.kind === 'text' && /^\s/.test(first.text)) {
      const text = first.text.trimStart();
      before.push({ ...first, text: first.text.slice(0, first.text.length - text.length) });
      items.splice(0, 1, ...(text === '' ? [] : [{ ...first, text }]));
    } else if (last?.kind === 'text' && /\s$/.test(last.text)) {
      const text = last.text.trimEnd();
      after.unshift({ ...last, text: last.text.slice(text.length) });
      items.splice(-1, 1, ...(text === '' ? [] : [{ ...last, text }]));
    } else if (items.length === 1 && first?.kind === 'group') {
      before.push({ kind: 'markup', markup: first.open });
      after.unshift({ kind: 'markup', markup: first.close });
      base = first.base ?? base;
      items = [...first.items];
    } else {
      return { before, items, base, after };
    }
  }
}

type Coded =
  | { readonly code: Code; readonly content: readonly Written[] }
  | { readonly code: Code; readonly content: readonly Written[]; readonly base: TextFormat | null };

function layoutOf({ before, items, base, after }: Trimmed): TextLayout {
  const inlines: Inline[] = [];
  const coded: Coded[] = [];
  const number = (list: readonly Item[]): void => {
    for (const item of list) {
      if (item.kind === 'text') {
        inlines.push(item.text);
      } else if (item.kind === 'alone') {
        inlines.push({ code: coded.length });
        coded.push({ code: { kind: 'alone' }, content: item.content });
      } else {
        const open = coded.length;
        inlines.push({ code: open });
        const opening = { code: { kind: 'open' as const, close: open }, content: asWritten(item.open), base: item.base };
        coded.push(opening);
        number(item.items);
        opening.code.close = coded.length;
        inlines.push({ code: coded.length });
        coded.push({ code: { kind: 'close', open }, content: asWritten(item.close) });
      }
    }
  };
  number(items);
  return {
    inlines,
    codes: coded.map(({ code }) => code),
    write: (translation, source) => {
      const writer = new Writer(source);
      const looks: (TextFormat | null)[] = [base];
      before.forEach((written) => writer.add(written));
      for (const inline of translation) {
        const look = looks.at(-1) ?? base;
        if (typeof inline === 'string') {
          if (look) writer.add({ kind: 'text', text: inline, format: look });
          continue;
        }
        const entry = coded[inline.code];
        if (!entry) continue;
        entry.content.forEach((written) => writer.add(written));
        if (entry.code.kind === 'close') looks.pop();
        if ('base' in entry) looks.push(entry.base ?? look);
      }
      after.forEach((written) => writer.add(written));
      return writer.finish();
    },
  };
}

function asWritten(markup: Markup): readonly Written[] {
  return markup.length === 0 ? [] : [{ kind: 'markup', markup }];
}

/** Joins text of one look, so that it is written as one. */
class Writer {
  private result = '';
  private held: Text | null = null;

  constructor(private readonly source: (range: Range) => string) {}

  add(written: Written): void {
    if (written.kind === 'text') {
      if (this.held?.format.key === written.format.key) this.held = { ...this.held, text: this.held.text + written.text };
      else {
        this.flush();
        this.held = written;
      }
    } else if (written.markup.length > 0) {
      this.flush();
      this.result += written.markup.map((part) => (typeof part === 'string' ? part : this.source(part))).join('');
    }
  }

  finish(): string {
    this.flush();
    return this.result;
  }

  private flush(): void {
    if (this.held) this.result += this.held.format.write(this.held.text);
    this.held = null;
  }
}
