/**
 * How a text is summarized that is longer than the model reads at once: parts, each of which fits, then their summaries joined a few at a
 * time until one is left. Known before any work, so that progress is true. Nothing is left out. Knows ranges and counts, no model.
 */
import type { Range } from '../../../shared/inference/summary';

/** A part may be this much shorter or longer than the others to end where a paragraph ends. */
const EARLIEST = 0.75;
const LATEST = 1.2;
/** Others may run after so many questions for tokens. */
const QUESTIONS_A_TURN = 20;

/** Hardly any text has so many UTF-16 code units a token. */
const LONGEST_TOKEN = 12;

/** A stretch of the text that stays together: a sentence and what follows it up to the next. */
interface Unit extends Range {
  readonly tokens: number;
  /** 2: a paragraph ends with it, 1: a line, 0: neither. */
  readonly border: number;
}

/**
 * Ranges of `text`, about equally long, of at most `room` tokens each, cut where paragraphs end, else lines, else sentences. Together they
 * are the text but for spaces around them. `sentences`: ranges in order. `tokensOf`: of any stretch of the text.
 */
export function* partsOf(
  text: string,
  sentences: readonly Range[],
  room: number,
  tokensOf: (text: string) => number,
): Generator<null, Range[], undefined> {
  const units: Unit[] = [];
  for (const range of stretchesOf(text, sentences)) {
    units.push(...unitsThatFit(text, range, room, tokensOf));
    if (units.length % QUESTIONS_A_TURN === 0) yield null;
  }
  let left = units.reduce((sum, { tokens }) => sum + tokens, 0);
  const parts: Range[] = [];
  for (let first = 0; first < units.length;) {
    const rest = units.slice(first);
    let taken = cutOf(rest, left, room);
    let part = trimmed(text, rest[0]?.start ?? 0, rest[taken - 1]?.end ?? 0);
    // Tokens of stretches hardly ever add up to less than those of the whole.
    while (taken > 1 && tokensOf(text.slice(part.start, part.end)) > room) {
      taken--;
      part = trimmed(text, part.start, rest[taken - 1]?.end ?? 0);
    }
    left -= rest.slice(0, taken).reduce((sum, { tokens }) => sum + tokens, 0);
    first += taken;
    if (part.end > part.start) parts.push(part);
    yield null;
  }
  return parts;
}

/** Groups of at most `width`, as few as can be and about equally long. */
export function groupsOf<T>(items: readonly T[], width: number): T[][] {
  const count = Math.ceil(items.length / width);
  return Array.from({ length: count }, (_, group) =>
    items.slice(Math.round((group * items.length) / count), Math.round(((group + 1) * items.length) / count)),
  );
}

function* stretchesOf(text: string, sentences: readonly Range[]): Generator<Range> {
  let start = 0;
  for (const next of sentences.slice(1)) {
    yield { start, end: next.start };
    start = next.start;
  }
  if (start < text.length) yield { start, end: text.length };
}

/** The stretch, or where it is too long for one part, halves of it, cut at a space where there is one. */
function* unitsThatFit(text: string, { start, end }: Range, room: number, tokensOf: (text: string) => number): Generator<Unit> {
  const stretch = text.slice(start, end);
  // What surely is too long need not be counted.
  const tokens = end - start > LONGEST_TOKEN * room ? Infinity : tokensOf(stretch);
  if (tokens <= room || end - start <= 1) {
    const gap = /\s*$/.exec(stretch)?.[0] ?? '';
    yield { start, end, tokens, border: Math.min(2, gap.split('\n').length - 1) };
    return;
  }
  const middle = start + halfOf(stretch);
  yield* unitsThatFit(text, { start, end: middle }, room, tokensOf);
  yield* unitsThatFit(text, { start: middle, end }, room, tokensOf);
}

/** A place near the middle: behind a space, else anywhere but inside a surrogate pair. */
function halfOf(stretch: string): number {
  const middle = stretch.length >> 1;
  const space = /\s(?=\S)/.exec(stretch.slice(middle));
  if (space && middle + space.index + 1 < stretch.length) return middle + space.index + 1;
  return /[\udc00-\udfff]/.test(stretch[middle] ?? '') ? middle + 1 : middle;
}

/** How many of `units` the next part takes, where `left` tokens are left for as few parts as can be. */
function cutOf(units: readonly Unit[], left: number, room: number): number {
  if (left <= room) return units.length;
  const target = left / Math.ceil(left / room);
  let best = { taken: 1, border: -1, distance: Infinity };
  let tokens = 0;
  for (const [index, unit] of units.entries()) {
    tokens += unit.tokens;
    if (tokens > room || (tokens > LATEST * target && best.border >= 0)) break;
    if (tokens < EARLIEST * target) continue;
    const distance = Math.abs(tokens - target);
    const isBetter = unit.border > best.border || (unit.border === best.border && distance <= best.distance);
    if (isBetter) best = { taken: index + 1, border: unit.border, distance };
  }
  return best.taken;
}

function trimmed(text: string, start: number, end: number): Range {
  const part = text.slice(start, end);
  return { start: start + part.length - part.trimStart().length, end: start + part.trimEnd().length };
}
