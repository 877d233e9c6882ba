/**
 * Cuts text into gaps, kept exactly as they are, and sentences, to be translated one by one. Concatenating the pieces gives the text.
 * A gap holds what is not for a translator: line breaks, tabs, spaces, list bullets, numbers, emoji, words of scripts the models do not read,
 * control characters and lone surrogates, lines of a program. Knows no tokenizer but for a question "does it fit?" and no language but European habits.
 */
import { isStatement } from './statement';

export interface Piece {
  kind: 'gap' | 'sentence';
  text: string;
}

/** Start and end in UTF-16 code units. */
type Range = readonly [start: number, end: number];

const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]+/g;
/** List bullets, and the numbers of lists and headings: "2.", "2.1.", and "2.1" before a capitalized word, unlike "1.5 litres" and "2.4 GHz". */
const BULLET =
  /^\s*(?:(?:[-*+•‣◦–—>#|]{1,6}|\/{2,3}|\(?\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,2}(?:\.\d{1,3}){1,4}(?=[^\S\n]+\p{Lu}\p{Ll}{2})|\(?[A-Za-z]\))\s+)+/u;
const LATIN_LETTER = /\p{Script=Latin}/u;

const OTHER_LETTER = String.raw`(?:(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}])\p{L}\p{M}*)`;
/** Emoji, control characters (a tab ends a cell of a table) and lone surrogates, and runs of words in other scripts (one letter alone, as in "the α particle", is no word). */
const KEPT = new RegExp(
  String.raw`(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f)[\p{Emoji_Presentation}\p{Emoji_Modifier}\u200d\ufe0f\u20e3\u2640\u2642]*` +
    String.raw`|[\0-\t\x0e-\x1f\x7f\p{Surrogate}]+` +
    `|${OTHER_LETTER}{2,}(?:[^\\p{L}]*${OTHER_LETTER}+)*`,
  'gu',
);

/** Intl.Segmenter takes quadratic time in the length of what it is given, so it gets this much at most, in UTF-16 code units. */
const WINDOW = 1000;
/** Sentences longer than this are not joined further. */
const LONGEST_JOINED = 2000;

/** Never the end of a sentence. Words that are also plain words ("no", "art") are not among them. */
const ABBREVIATION = new RegExp(
  String.raw`(?:^|[\s(\[„“"'’-])(?:` +
    [
      'Mr|Mrs|Ms|Dr|Prof|St|Rev|Hon|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Mt|vs|cf|Cf|approx|eds|Jan|Feb|Apr|Aug|Sept|Sep|Oct|Nov|Dec',
      String.raw`e\.g|i\.e|Ph\.D|Hr|Fr|Frl|bzw|ca|evtl|ggf|inkl|Str|vgl|z\.\s?B|d\.\s?h|u\.\s?a|o\.\s?ä|i\.\s?d\.\s?R|z\.\s?T`,
      String.raw`Mme|Mlle|MM|Pr|av|env|tél|Tél|p\.\s?ex|c\.-à-d`,
    ].join('|') +
    String.raw`)\.\s*$`,
  'u',
);
/** Goes on when a number follows. */
const NUMBERED = /(?:^|[\s(])(?:No|no|Nos|nos|Nr|Fig|fig|Eq|Sec|sec|Ch|ch|Vol|vol|p|pp|S|Abb|Abs|Kap|Bd|Art|art|chap)\.\s*$/;
/** One capital letter and a full stop, as in "J. Smith"; not "I", which ends sentences. */
const INITIAL = /(?:^|[\s(.[„“"'’-])(?!I\.)\p{Lu}\.\s*$/u;
const GERMAN_ORDINAL = /(?:^|\s)\d{1,2}\.\s*$/;
const GERMAN_MONTH = /^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert)/;
/** What begins with a small letter, or holds no letter or digit at all (a closing quote), goes on with the sentence before. */
const CONTINUATION = /^[\s"'“”’»)\]]*(?:\p{Ll}|$)/u;

/** Lazily: a megabyte costs nothing before its first piece. Gaps and sentences need not alternate; no piece is empty. */
export function* segment(text: string): Generator<Piece> {
  yield* withGaps(text, sentenceRanges(text));
}

/**
 * Cuts one sentence that is too long into parts that fit: at clause punctuation, else at spaces, else between code points.
 * `fits` must hold for one code point.
 */
export function* splitLong(sentence: string, fits: (part: string) => boolean): Generator<Piece> {
  yield* withGaps(sentence, partRanges(sentence, fits));
}

function* withGaps(text: string, sentences: Iterable<Range>): Generator<Piece> {
  let done = 0;
  for (const [start, end] of sentences) {
    if (start > done) yield { kind: 'gap', text: text.slice(done, start) };
    yield { kind: 'sentence', text: text.slice(start, end) };
    done = end;
  }
  if (done < text.length) yield { kind: 'gap', text: text.slice(done) };
}

function* sentenceRanges(text: string): Generator<Range> {
  for (const [lineStart, lineEnd] of between(text, [0, text.length], LINE_BREAK)) {
    if (isStatement(text.slice(lineStart, lineEnd))) continue;
    const bullet = BULLET.exec(text.slice(lineStart, Math.min(lineEnd, lineStart + WINDOW)))?.[0].length ?? 0;
    for (const stretch of between(text, [lineStart + bullet, lineEnd], KEPT)) {
      for (const range of joined(text, segmenterRanges(text, stretch))) {
        const [start, end] = trim(text, range);
        if (LATIN_LETTER.test(text.slice(start, end))) yield [start, end];
      }
    }
  }
}

/** The ranges left between the matches of a global pattern inside a range. */
function* between(text: string, [start, end]: Range, pattern: RegExp): Generator<Range> {
  const part = start === 0 && end === text.length ? text : text.slice(start, end);
  let done = 0;
  for (const match of part.matchAll(pattern)) {
    if (match.index > done) yield [start + done, start + match.index];
    done = match.index + match[0].length;
  }
  if (done < part.length) yield [start + done, end];
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

function* segmenterRanges(text: string, [start, end]: Range): Generator<Range> {
  let position = start;
  while (position < end) {
    const windowEnd = Math.min(end, position + WINDOW);
    const part = text.slice(position, windowEnd);
    const ends = Array.from(segmenter.segment(part), (found) => position + found.index + found.segment.length);
    // The last sentence of a window may go on behind it: it is looked at again at the start of the next, unless it fills the window.
    if (windowEnd < end) {
      ends.pop();
      if (ends.length === 0) ends.push(position + windowCut(part));
    }
    for (const found of ends) {
      yield [position, found];
      position = found;
    }
  }
}

/** Where to cut a window that holds a part of one sentence: at its last space, else anywhere but inside a surrogate pair. */
function windowCut(part: string): number {
  const space = /\s\S*$/.exec(part.slice(part.length / 2));
  if (space) return Math.floor(part.length / 2) + space.index + 1;
  return /[\ud800-\udbff]$/.test(part) ? part.length - 1 : part.length;
}

/** Joins what the segmenter cut too eagerly. Ranges are adjacent. */
function* joined(text: string, ranges: Iterable<Range>): Generator<Range> {
  let held: Range | null = null;
  for (const range of ranges) {
    if (held && range[0] - held[0] < LONGEST_JOINED && belongTogether(text.slice(held[0], held[1]), text.slice(...range))) {
      held = [held[0], range[1]];
    } else {
      if (held) yield held;
      held = range;
    }
  }
  if (held) yield held;
}

function belongTogether(left: string, right: string): boolean {
  const tail = left.slice(-24);
  return (
    CONTINUATION.test(right) ||
    ABBREVIATION.test(tail) ||
    INITIAL.test(tail) ||
    (GERMAN_ORDINAL.test(tail) && GERMAN_MONTH.test(right)) ||
    (NUMBERED.test(tail) && /^\d/.test(right))
  );
}

function trim(text: string, [start, end]: Range): Range {
  const part = text.slice(start, end);
  return [start + part.length - part.trimStart().length, end - part.length + part.trimEnd().length];
}

/** No tokenizer has tokens so long that this many code units would fit where one hundred do not; bounds the work of one question. */
const HEAD = 2000;
const CLAUSE_END = /[,;:–—)](?=\s)/g;
const SPACE = /\S(?=\s)/g;

function* partRanges(sentence: string, fits: (part: string) => boolean): Generator<Range> {
  let position = 0;
  while (position < sentence.length) {
    const head = sentence.slice(position, position + HEAD);
    const isAll = position + head.length === sentence.length;
    const length = isAll && fits(head) ? head.length : cutLength(head, fits);
    const [start, end] = trim(sentence, [position, position + length]);
    if (LATIN_LETTER.test(sentence.slice(start, end))) yield [start, end];
    position += length;
  }
}

/** How much of `head` to take; at least one code point. */
function cutLength(head: string, fits: (part: string) => boolean): number {
  const clause = longestThatFits(head, cutsAfter(head, CLAUSE_END), fits);
  const space = longestThatFits(head, cutsAfter(head, SPACE), fits);
  // A clause end near the front would leave a stump; a space further on is better then.
  if (clause > 0 && clause * 4 >= space) return clause;
  if (space > 0) return space;
  const points: number[] = [];
  for (const point of head) points.push((points.at(-1) ?? 0) + point.length);
  return longestThatFits(head, points, fits) || (points[0] ?? 1);
}

function cutsAfter(head: string, pattern: RegExp): number[] {
  return Array.from(head.matchAll(pattern), (match) => match.index + match[0].length);
}

/** Binary search: whether a prefix fits hardly ever changes more than once as it grows. 0 when none does. */
function longestThatFits(head: string, cuts: readonly number[], fits: (part: string) => boolean): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(head.slice(0, cuts[middle]))) low = middle + 1;
    else high = middle;
  }
  return cuts[low - 1] ?? 0;
}
