/**
 * Lines in reading order → paragraphs: which lines belong together. A line goes on with a paragraph if it stands close below, begins where
 * the paragraph's lines begin, looks alike, and if its first word would not have fitted into the line before. Pure.
 */
import { Contents } from './contents';
import { textOfLine, type Line } from './lines';
import { listMark, type ListMark } from './list-mark';
import { textOfSpans, type Span, type Stretch } from './stretches';

/** What most of the document looks like. */
export interface Usual {
  /** Of the text, in points. */
  readonly size: number;
  /** From baseline to baseline, in sizes. */
  readonly pitch: number;
  readonly contents: Contents;
}

export interface Paragraph {
  /** Without the mark. */
  readonly lines: Line[];
  readonly mark: PlacedMark | null;
  /** All of it is code. */
  readonly isCode: boolean;
}

export type PlacedMark = ListMark & { readonly left: number; readonly spans: readonly Span[] };

/** Of most of the letters. */
export function usualOf(lines: readonly Line[]): Usual {
  const sizes = new Map<number, number>();
  for (const line of lines) {
    for (const { spans, size } of line.stretches) {
      const key = Math.round(size * 2) / 2;
      sizes.set(key, (sizes.get(key) ?? 0) + textOfSpans(spans).length);
    }
  }
  const size = mostFrequent(sizes) ?? 10;
  const pitches = new Map<number, number>();
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    if (!before || before.column !== line.column || Math.abs(line.size - size) > 0.5) return;
    const pitch = Math.round(((line.y - before.y) / line.size) * 20) / 20;
    if (pitch > 0.9 && pitch < 2.6) pitches.set(pitch, (pitches.get(pitch) ?? 0) + 1);
  });
  return { size, pitch: mostFrequent(pitches) ?? 1.2, contents: new Contents(lines) };
}

function mostFrequent(counts: ReadonlyMap<number, number>): number | null {
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

export function paragraphsOf(lines: readonly Line[], usual: Usual): Paragraph[] {
  const rights = rightEdges(lines);
  const paragraphs: Paragraph[] = [];
  let open: Paragraph | null = null;
  for (const whole of lines) {
    const { line, mark } = usual.contents.entry(whole) === null ? withoutMark(whole) : { line: whole, mark: null };
    const isCode = isAllMono(line);
    if (open && !mark && goesOn(open, line, isCode, usual, rights.get(line.column) ?? line.column.right)) {
      open.lines.push(line);
    } else {
      open = { lines: [line], mark, isCode };
      paragraphs.push(open);
    }
  }
  return paragraphs;
}

/** Where a column's lines end, but for a few that stick out. */
function rightEdges(lines: readonly Line[]): Map<Line['column'], number> {
  const rights = new Map<Line['column'], number[]>();
  for (const { column, right } of lines) {
    const known = rights.get(column);
    if (known) known.push(right);
    else rights.set(column, [right]);
  }
  return new Map(
    [...rights].map(([column, all]) => {
      const sorted = all.toSorted((a, b) => b - a);
      return [column, sorted[Math.floor(sorted.length * 0.08)] ?? column.right];
    }),
  );
}

// Distances in sizes of the text.
const SAME_SIZE = 0.09;
/** Fonts of one width are often set in another size than the text they stand in. */
const MIXED_SIZE = 0.17;
const SAME_LEFT = 0.45;
const CLOSE = 1.25;
/** Where a paragraph has one line yet, the next may be so far below, times `CLOSE`. */
const FIRST_PITCH = 1.28;
/** A first line is indented by less than this; lines below a hanging first one, by less than the other. */
const DEEPEST_INDENT = 3.2;
const DEEPEST_HANGING = 6;

function goesOn(open: Paragraph, line: Line, isCode: boolean, usual: Usual, columnRight: number): boolean {
  const before = open.lines.at(-1);
  const first = open.lines[0];
  if (!before || !first || before.column !== line.column) return false;
  if (usual.contents.entry(before) !== null || usual.contents.entry(line) !== null) return false;
  const { size } = line;
  const pitch = line.y - before.y;
  const isMixed = isAllMono(line) !== isAllMono(before);
  if (Math.abs(size - before.size) > (isMixed ? MIXED_SIZE : SAME_SIZE) * before.size || pitch <= 0) return false;
  if (open.isCode) return isCode && !open.mark && pitch <= 3 * size;
  const known = open.lines.at(-2);
  const expected = known ? Math.max(before.y - known.y, size) : Math.max(usual.pitch * size, FIRST_PITCH * size);
  if (pitch > expected * CLOSE) return false;
  if (isLarge(line, usual)) return open.mark === null && isWholeBold(before) === isWholeBold(line);
  if (isWholeBold(before) !== isWholeBold(line) && (isWholeBold(first) || isWholeBold(line)) && !isFull(before, line, columnRight))
    return false;
  if (isCode && (!isFull(before, line, columnRight) || textOfLine(before).endsWith(':'))) return false;
  if (before.stretches.length > 1 && line.stretches.length > 1 && !isJustified(before, line)) return false;
  const second = open.lines[1];
  const offset = (line.left - (second ?? first).left) / size;
  if (second) {
    if (Math.abs(offset) > SAME_LEFT && !isCentered(before, line)) return false;
  } else if (open.mark) {
    const fromMark = (line.left - open.mark.left) / size;
    if (Math.abs(offset) > 0.8 && Math.abs(fromMark) > SAME_LEFT) return false;
  } else if (offset < -DEEPEST_INDENT || offset > DEEPEST_HANGING) {
    return false;
  } else if (Math.abs(offset) > SAME_LEFT && !isFull(before, line, columnRight) && !isCentered(before, line)) {
    return false;
  }
  return isFull(before, line, columnRight) || isCarriedOn(before, line);
}

export const isLarge = ({ size }: Line, usual: Usual): boolean => size > 1.12 * usual.size;

/** Words apart because the line was stretched, not cells. */
function isJustified(before: Line, line: Line): boolean {
  if (Math.abs(before.right - line.right) < line.size) return true;
  return Math.max(widestGap(before), widestGap(line)) < 2 * line.size;
}

const widestGap = ({ stretches }: Line): number =>
  Math.max(0, ...stretches.map(({ left }, at) => (at === 0 ? 0 : left - (stretches[at - 1]?.right ?? left))));

function isCentered(a: Line, b: Line): boolean {
  const middle = (a.column.left + a.column.right) / 2;
  const isMiddle = ({ left, right, size }: Line) => Math.abs((left + right) / 2 - middle) < size && left - a.column.left > size;
  return isMiddle(a) && isMiddle(b);
}

/** Whether the next line's first word would not have fitted. */
function isFull(before: Line, line: Line, columnRight: number): boolean {
  const text = textOfLine(line);
  if (/[\p{L}][-‐\u00ad]$/u.test(textOfLine(before)) && /^\p{Ll}/u.test(text)) return true;
  const word = /^\S+/.exec(text)?.[0].length ?? 0;
  const width = ((line.right - line.left) / Math.max(1, text.length)) * (word + 1);
  return before.right + width > columnRight - 0.3 * line.size;
}

/** Broken by hand inside a sentence. */
function isCarriedOn(before: Line, line: Line): boolean {
  const end = textOfLine(before);
  return (
    /^\p{Ll}/u.test(textOfLine(line)) &&
    !/[.:;!?”"]$/.test(end) &&
    Math.abs(before.left - line.left) < SAME_LEFT * line.size &&
    end.length > 30
  );
}

const spansOf = (line: Line): readonly Span[] => line.stretches.flatMap(({ spans }) => spans);

export const isAllMono = (line: Line): boolean => spansOf(line).every(({ mono, text }) => mono || text.trim() === '');
export const isWholeBold = (line: Line): boolean => spansOf(line).every(({ bold, text }) => bold || !/[\p{L}\p{N}]/u.test(text));

function withoutMark(line: Line): { line: Line; mark: Paragraph['mark'] } {
  const [first, ...rest] = line.stretches;
  if (!first) return { line, mark: null };
  const text = textOfSpans(first.spans);
  const apart = rest.length > 0 ? listMark(text, true) : null;
  const next = rest[0];
  if (apart && next)
    return { line: { ...line, stretches: rest, left: next.left }, mark: { ...apart, left: first.left, spans: first.spans } };
  const [, word = '', space = ''] = /^(\S+)(\s+)\S/.exec(text) ?? [];
  const mark = word === '' ? null : listMark(word, false);
  if (!mark) return { line, mark: null };
  const cut = withoutStart(first, word.length + space.length);
  return {
    line: { ...line, stretches: [cut, ...rest], left: cut.left },
    mark: { ...mark, left: first.left, spans: first.spans.slice(0, 1).map((span) => ({ ...span, text: word })) },
  };
}

/** Where the rest begins is reckoned from the average letter. */
function withoutStart(stretch: Stretch, length: number): Stretch {
  const all = textOfSpans(stretch.spans).length;
  let toCut = length;
  const spans = stretch.spans.flatMap((span) => {
    const cut = Math.min(toCut, span.text.length);
    toCut -= cut;
    return cut === span.text.length ? [] : [{ ...span, text: span.text.slice(cut) }];
  });
  return { ...stretch, spans, left: stretch.left + ((stretch.right - stretch.left) * length) / Math.max(1, all) };
}
