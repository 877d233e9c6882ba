/**
 * Plain text. Paragraphs stand between blank lines; one that was wrapped by hand (full lines, one after the other) is a single block and is
 * wrapped again to its own width when written. Other lines (lists, verses, addresses, the cells of a table drawn with spaces) are a block
 * each. Indentation, quote marks, bullets and numbers stay outside, and so does what was typed at a prompt.
 */
import { textOf, type Inlines } from '../../../shared/inlines';
import type { Format } from '../format';
import { bilingualTxt } from './bilingual-text';
import { readSourceText } from './source-text';
import { hasLetter, spliced, type Spot } from './splice';

export const txt: Format = {
  id: 'txt',
  name: 'Plain text',
  extensions: ['txt', 'text', 'log'],
  bilingual: bilingualTxt,
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes);
      resolve(spliced(source, [...paragraphs(source.text)].flatMap(paragraphSpots)));
    }),
};

interface Line {
  readonly start: number;
  /** What is not text: indentation, quote marks, a bullet. */
  readonly prefix: string;
  /** Whether the prefix begins a list item. */
  readonly item: boolean;
  /** Without the prefix and the spaces at the end. */
  readonly text: string;
  /** In UTF-16 code units, prefix included. */
  readonly width: number;
  readonly ending: string;
}

const LINE = /([^\n\r\f\v\u0085\u2028\u2029]*)(\r\n|[\n\r\f\v\u0085\u2028\u2029]|$)/y;
const PREFIX = /^((?:[ \t\u3000]*>)*[ \t\u00a0\u3000]*)((?:(?:[-*+•‣◦·–—#|]{1,6}|\(?\d{1,3}[.)]|\(?[A-Za-z]\))[ \t]+)*)/;
/** Of a shell: `$ ls`, `user@host:~$ ls`. */
const PROMPT = /^(?:[\w.-]+@[\w.-]+:\S*)?\$>? \S/;
/** Cells of a table drawn with spaces, leaders of a table of contents. */
const COLUMN_GAP = / {3,}|[ ]*\t\s*|\s*\.{4,}\s*/g;

/** Shorter lines are not taken for wrapped ones, in UTF-16 code units. */
const SHORTEST_FULL_LINE = 50;
/** How much further than where it was broken a line might have gone. */
const RAGGED = 8;

function* paragraphs(text: string): Generator<Line[]> {
  let lines: Line[] = [];
  for (const line of linesOf(text)) {
    if (line.text !== '') lines.push(line);
    else if (lines.length > 0) {
      yield lines;
      lines = [];
    }
  }
  if (lines.length > 0) yield lines;
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; start = LINE.lastIndex) {
    LINE.lastIndex = start;
    const [, whole = '', ending = ''] = LINE.exec(text) ?? [];
    const content = whole.trimEnd();
    const [prefix = '', , bullet = ''] = PREFIX.exec(content) ?? [];
    yield { start, prefix, item: bullet !== '', text: content.slice(prefix.length), width: content.length, ending };
  }
}

function paragraphSpots(lines: readonly Line[]): Spot[] {
  const width = Math.max(...lines.map((line) => line.width));
  const spots: Spot[] = [];
  let joined: Line[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last && !goesOn(last, line, joined, width)) {
      spots.push(...(joined.length === 1 ? lineSpots(last) : wrappedSpots(joined, width)));
      joined = [];
    }
    joined.push(line);
  }
  const [only] = joined;
  return spots.concat(joined.length === 1 && only ? lineSpots(only) : wrappedSpots(joined, width));
}

/** Whether `next` is the same sentence wrapped: the line before is full, so that the next word would not have fitted. */
function goesOn(line: Line, next: Line, before: readonly Line[], width: number): boolean {
  if (next.item || line.width < SHORTEST_FULL_LINE || line.ending === '\f' || hasColumns(line) || hasColumns(next)) return false;
  if (!hasLetter(line.text) || !hasLetter(next.text) || PROMPT.test(line.text) || PROMPT.test(next.text)) return false;
  const sameEdge = next.prefix === line.prefix || (before.length === 1 && next.prefix.startsWith(quoteMarks(line.prefix)));
  const firstWord = next.text.search(/\s|$/);
  return sameEdge && line.width + 1 + firstWord > width - RAGGED;
}

const quoteMarks = (prefix: string): string => /^[ \t]*(?:>[ \t]*)*/.exec(prefix)?.[0].trimEnd() ?? '';

const hasColumns = (line: Line): boolean => line.text.search(COLUMN_GAP) >= 0;

/** One line: a block for every cell with text. */
function lineSpots(line: Line): Spot[] {
  const spots: Spot[] = [];
  let done = 0;
  const add = (end: number): void => {
    const text = line.text.slice(done, end);
    const start = line.start + line.prefix.length + done;
    if (!hasLetter(text) || PROMPT.test(line.text)) return;
    spots.push({
      block: { inlines: [text], codes: [], place: '' },
      start,
      end: start + text.length,
      replace: (translation) => [{ start, end: start + text.length, text: onOneLine(translation) }],
    });
  };
  for (const gap of line.text.matchAll(COLUMN_GAP)) {
    add(gap.index);
    done = gap.index + gap[0].length;
  }
  add(line.text.length);
  return spots;
}

function wrappedSpots(lines: readonly Line[], width: number): Spot[] {
  const [first, second] = lines;
  const last = lines.at(-1);
  if (!first || !second || !last) return [];
  const start = first.start + first.prefix.length;
  const end = last.start + last.width;
  const text = lines.map((line) => line.text).reduce((joined, next) => joined + (brokenAtHyphen(joined, next) ? '' : ' ') + next);
  const replace = (translation: Inlines) => {
    const written = wrap(onOneLine(translation), first.prefix.length, second.prefix.length, width);
    return [{ start, end, text: written.join(first.ending + second.prefix) }];
  };
  return [{ block: { inlines: [text], codes: [], place: '' }, start, end, replace }];
}

/** "well-" and "known" are one word; "Ein-" and "und" are two. */
const brokenAtHyphen = (before: string, next: string): boolean =>
  /\p{L}-$/u.test(before) && /^\p{Ll}/u.test(next) && !/^(?:und|oder|bzw|and|or|to|et|ou)\b/.test(next);

const onOneLine = (inlines: Inlines): string =>
  textOf(inlines)
    .replaceAll(/\s*[\n\r\f\v\u0085\u2028\u2029]\s*/g, ' ')
    .trim();

/** Greedily; no line begins with what would be read as a bullet or a quote mark. */
function wrap(text: string, firstIndent: number, indent: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) +(?=\S)/)) {
    const room = width - (lines.length === 0 ? firstIndent : indent);
    if (line !== '' && line.length + 1 + word.length > room && (PREFIX.exec(`${word} x`)?.[0] ?? '') === '') {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
