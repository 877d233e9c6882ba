/** A page's pieces of text joined to stretches: pieces of one baseline without a wide gap between them. Pure; lengths in points. */
import type { PageLink, PdfPage, TextPiece } from './pages';

/** Text of one look. */
export interface Span {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly mono: boolean;
  readonly math: boolean;
  readonly raise: 'super' | 'sub' | null;
  readonly href: string | null;
}

/** Text without wide gaps: a line, a cell of a table's row, a list's mark. */
export interface Stretch {
  readonly spans: readonly Span[];
  readonly left: number;
  readonly right: number;
  /** Of the baseline. */
  readonly y: number;
  /** Of most of its letters. */
  readonly size: number;
}

export const textOfSpans = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
/** What a page says. */
export interface PageText {
  readonly page: number;
  readonly height: number;
  /** In the order in which they are painted. */
  readonly stretches: readonly Stretch[];
}

export function pageTextOf({ number, height, pieces, links }: PdfPage): PageText {
  return { page: number, height, stretches: stretchesOf(pieces, links) };
}

// All distances are in sizes of the text at hand.
const SAME_BASELINE = 0.25;
/** How far above or below the line raised and lowered signs stand at most. */
const RAISED = 0.7;
const RAISED_SIZE = 0.86;
/** Marks of notes may be nearly as large as the note. */
const MARK_SIZE = 0.95;
const MARK = /^(?:\d{1,3}|[*†‡§¶]+|[a-z])$/;
/** Wider gaps part stretches. Lines are stretched to a column's width by less. */
const STRETCH_GAP = 1.1;
const WORD_GAP = 0.16;
/** Pieces step back so far at most: kerning, accents. */
const OVERLAP = 0.5;

/** A stretch that is being put together. */
interface Growing {
  readonly parts: { text: string; piece: TextPiece; raise: Span['raise'] }[];
  left: number;
  right: number;
  y: number;
  size: number;
}

function stretchesOf(pieces: readonly TextPiece[], links: readonly PageLink[]): Stretch[] {
  const grown: Growing[] = [];
  let current: Growing | null = null;
  let spaceBefore = false;
  const seen = new Set<string>();
  for (const piece of pieces) {
    if (piece.text.trim() === '') {
      spaceBefore = true;
      continue;
    }
    // Bold by painting twice.
    const key = `${piece.text}\n${Math.round(piece.x * 2)} ${Math.round(piece.y * 2)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (!current || !joins(current, piece, spaceBefore)) {
      current = { parts: [], left: piece.x, right: piece.x, y: piece.y, size: piece.size };
      grown.push(current);
      spaceBefore = false;
    }
    add(current, piece, spaceBefore);
    spaceBefore = false;
  }
  return mended(grown).map((growing) => finished(growing, links));
}

function joins(current: Growing, piece: TextPiece, spaceBefore: boolean): boolean {
  const size = Math.max(current.size, piece.size);
  const gap = piece.x - current.right;
  if (gap < -OVERLAP * size || gap > STRETCH_GAP * size) return false;
  const rise = Math.abs(piece.y - current.y);
  if (rise <= SAME_BASELINE * size) return true;
  const small = current.size < piece.size ? current.parts.map(({ text }) => text).join('') : piece.text;
  return isShifted(small, Math.min(current.size, piece.size), size, rise) && (!spaceBefore || gap < STRETCH_GAP * 0.5 * size);
}

function isShifted(small: string, smallSize: number, size: number, rise: number): boolean {
  if (rise <= 0.1 * size || rise > RAISED * size) return false;
  return smallSize <= RAISED_SIZE * size || (smallSize <= MARK_SIZE * size && MARK.test(small.trim()));
}

function add(current: Growing, piece: TextPiece, spaceBefore: boolean): void {
  const { parts } = current;
  const isFirst = parts.length === 0;
  const size = Math.max(current.size, piece.size);
  if (!isFirst) {
    const last = parts.at(-1);
    const gap = piece.x - current.right;
    const hasSpace = last?.text.endsWith(' ') === true || piece.text.startsWith(' ');
    if (!hasSpace && last && (spaceBefore || gap > WORD_GAP * size)) last.text += ' ';
  }
  const rise = current.y - piece.y;
  const before = parts.map(({ text }) => text).join('');
  if (!isFirst && piece.size > current.size && isShifted(before, current.size, piece.size, Math.abs(rise))) {
    // What came before was raised: a note's mark in front of its text.
    for (const part of parts) part.raise ??= rise < 0 ? 'super' : 'sub';
    current.y = piece.y;
    current.size = piece.size;
  }
  const shift = current.y - piece.y;
  const isRaised = !isFirst && piece.size < current.size && isShifted(piece.text, piece.size, current.size, Math.abs(shift));
  parts.push({ text: piece.text, piece, raise: isRaised ? (shift > 0 ? 'super' : 'sub') : null });
  current.left = Math.min(current.left, piece.x);
  current.right = Math.max(current.right, piece.x + piece.width);
  if (!isRaised) current.size = size;
}

/** Joins what was painted out of order: stretches on one baseline that touch. */
function mended(grown: readonly Growing[]): Growing[] {
  const byRow = [...grown].sort((a, b) => a.y - b.y || a.left - b.left);
  const gone = new Set<Growing>();
  for (const [at, first] of byRow.entries()) {
    for (let next = at + 1; next < byRow.length; next++) {
      const other = byRow[next];
      if (!other || other.y - first.y > SAME_BASELINE * first.size) break;
      if (gone.has(first) || gone.has(other) || Math.abs(other.size - first.size) > 0.2 * first.size) continue;
      const [before, after] = first.left <= other.left ? [first, other] : [other, first];
      const gap = after.left - before.right;
      if (gap < -OVERLAP * first.size || gap > 0.6 * first.size) continue;
      const [piece] = after.parts;
      const last = before.parts.at(-1);
      if (piece && last && gap > WORD_GAP * first.size && !last.text.endsWith(' ')) last.text += ' ';
      before.parts.push(...after.parts);
      before.right = Math.max(before.right, after.right);
      gone.add(after);
    }
  }
  return grown.filter((stretch) => !gone.has(stretch));
}

function finished({ parts, left, right, y }: Growing, links: readonly PageLink[]): Stretch {
  const spans: Span[] = [];
  for (const { text, piece, raise } of parts) {
    const { bold, italic, mono, math } = piece.font;
    for (const { text: part, href } of linkedParts(text, piece, links)) {
      const last = spans.at(-1);
      const span: Span = { text: part, bold, italic, mono, math, raise, href };
      if (last && looksLike(last, span)) spans[spans.length - 1] = { ...last, text: last.text + part };
      else spans.push(span);
    }
  }
  return { spans: trimmed(spans), left, right, y, size: usualSize(parts) };
}

export function looksLike(a: Span, b: Span): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.mono === b.mono && a.math === b.math && a.raise === b.raise && a.href === b.href;
}

function trimmed(spans: readonly Span[]): Span[] {
  const kept = spans.filter(({ text }, at) => text.trim() !== '' || (at > 0 && at < spans.length - 1));
  return kept.map((span, at) => {
    const text = at === 0 ? span.text.trimStart() : span.text;
    return { ...span, text: at === kept.length - 1 ? text.trimEnd() : text };
  });
}

function usualSize(parts: Growing['parts']): number {
  const letters = new Map<number, number>();
  for (const { text, piece } of parts) {
    const size = Math.round(piece.size * 10) / 10;
    letters.set(size, (letters.get(size) ?? 0) + text.length);
  }
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** A piece cut where links begin and end, at the word's edge that is nearest. */
function linkedParts(text: string, piece: TextPiece, links: readonly PageLink[]): { text: string; href: string | null }[] {
  const middle = piece.y - piece.size * 0.3;
  const end = piece.x + piece.width;
  const covering = links
    .filter(({ left, right, top, bottom }) => middle > top && middle < bottom && right > piece.x + 1 && left < end - 1)
    .sort((a, b) => a.left - b.left);
  if (covering.length === 0 || piece.width <= 0) return [{ text, href: null }];
  const offsetAt = (x: number): number => nearestEdge(text, ((x - piece.x) / piece.width) * text.length);
  const parts: { text: string; href: string | null }[] = [];
  let done = 0;
  for (const { href, left, right } of covering) {
    const from = Math.max(done, offsetAt(left));
    const to = Math.max(from, offsetAt(right));
    parts.push({ text: text.slice(done, from), href: null }, { text: text.slice(from, to), href });
    done = to;
  }
  parts.push({ text: text.slice(done), href: null });
  return parts.filter((part) => part.text !== '');
}

function nearestEdge(text: string, offset: number): number {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  const edges = [0, ...[...text.matchAll(/(?<=\s)(?=\S)|(?<=\S)(?=\s)|(?<=\w)(?=[^\w\s])/g)].map(({ index }) => index), text.length];
  return edges.reduce((best, edge) => (Math.abs(edge - offset) < Math.abs(best - offset) ? edge : best), 0);
}
