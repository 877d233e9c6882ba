/** What a text itself says it is: the line under NAME of a manual page, or a title above it. Knows the text as it was read. */
import type { Range } from '../../../shared/inference/summary';
import { unwrapped } from './sentence-ranges';
import { isStopWord, wordsOf } from './words';

/** "tee - read from standard input and write …" */
const MANUAL = /^NAME[ \t]*\n[ \t]+(?=\S[^\n]* [-–—] )(\S[^\n]*)$/m;
/** Alone on the first line; Markdown's mark, and what underlines it, are no part of it. */
const FIRST_LINE = /^\s*(?:#{1,2}[ \t]+)?(\S[^\n]*?)[ \t#]*(?:\n|$)/;
/** How a letter begins, a sentence or a rule ends, and what is no plain text. */
const NO_TITLE = /[,:;.!?…]$|[|<>[\]{}`\\=]|\w\(\d\)|https?:/;
/** Of those that say something; two words alone are mostly a name: "Nano ID". */
const FEWEST_WORDS = 2;
const FEWEST_IN_ALL = 3;
const LONGEST_WORDS = 14;
/** Where a title is looked for, in UTF-16 code units. */
const BEGINNING = 2000;

/** In words that say something; a manual page's line is taken however long it is. */
export function titleOf(text: string): Range | null {
  const manual = MANUAL.exec(text);
  if (manual) return rangeOf(manual);
  const from = text.length - text.trimStart().length;
  const first = FIRST_LINE.exec(unwrapped(text.slice(from, from + BEGINNING)));
  if (!first || NO_TITLE.test(first[1] ?? '')) return null;
  const words = wordsOf(first[1] ?? '');
  const says = words.filter((word) => !isStopWord(word.text));
  const isTitle = says.length >= FEWEST_WORDS && words.length >= FEWEST_IN_ALL && words.length <= LONGEST_WORDS;
  return isTitle && words.length < wordsOf(text).length ? rangeOf(first, from) : null;
}

/** Of the group, which nothing but marks and spaces follows. */
function rangeOf({ 0: match, 1: line = '', index }: RegExpExecArray, from = 0): Range {
  const start = from + index + match.indexOf(line);
  return { start, end: start + line.length };
}
