/** What a text itself says it is: the line under NAME of a manual page, the title in a page's front matter or above a text, or what a letter answers. Knows the text as it was read. */
import type { Range } from '../../../shared/inference/summary';
import { unwrapped } from './sentence-ranges';
import { isStopWord, wordsOf } from './words';

/** "tee - read from standard input and write …" */
const MANUAL = /^NAME[ \t]*\n[ \t]+(?=\S[^\n]* [-–—] )(\S[^\n]*)$/m;
/** What a page is called in its front matter, however short. */
const FIELD = /^\s*title:[ \t]*["']?(\S[^\n]*?)["']?[ \t]*(?:\n|$)/;
/** What a letter answers. */
const ANSWERED =
  /^(?:thank you|thanks|many thanks)(?: very much)? for your (?:letter|e-?mail|mail|message|call|enquiry|inquiry|request)(?: (?:of|dated|from) [^,.\n]{1,30}?)? (?:about|regarding|concerning) ([^.!?;]{10,100}?)[.!?;]/im;
/** Alone on the first line; Markdown's mark, what underlines it and what is for an editor are no part of it. */
const FIRST_LINE = /^\s*(?:#{1,2}[ \t]+)?(\S[^\n]*?)[ \t#]*(?:-\*-[^\n]*-\*-\s*)?(?:\n|$)/;
/** How a letter begins, a sentence or a rule ends, and what is no plain text. */
const NO_TITLE = /[,:;.!?…]$|[|<>[\]{}`\\=]|\w\(\d\)|https?:|\S {3,}\S/;
/** Of those that say something; two words alone are mostly a name: "Nano ID". */
const FEWEST_WORDS = 2;
const FEWEST_IN_ALL = 3;
/** With such a word two are enough: "Apache License". */
const KIND = /\b(?:licen[sc]e|policy|statement|agreement|terms|minutes|guide|manual|handbook|specification|proposal|report|rules)$/i;
const LONGEST_WORDS = 14;
/** Where a title is looked for, in UTF-16 code units. */
const BEGINNING = 2000;

/** A title above a text has a few words that say something; what is named a title is taken however long it is. */
export function titleOf(text: string): Range | null {
  const manual = MANUAL.exec(text);
  if (manual) return rangeOf(manual);
  const answered = ANSWERED.exec(unwrapped(text.slice(0, BEGINNING)));
  if (answered) return rangeOf(answered);
  const field = FIELD.exec(text);
  if (field) return rangeOf(field);
  const from = text.length - text.trimStart().length;
  const first = FIRST_LINE.exec(unwrapped(text.slice(from, from + BEGINNING)));
  if (!first || NO_TITLE.test(first[1] ?? '')) return null;
  const words = wordsOf(first[1] ?? '');
  const says = words.filter((word) => !isStopWord(word.text));
  const isTitle =
    says.length >= FEWEST_WORDS && (words.length >= FEWEST_IN_ALL || KIND.test(first[1] ?? '')) && words.length <= LONGEST_WORDS;
  return isTitle && words.length < wordsOf(text).length ? rangeOf(first, from) : null;
}

/** Of the group. */
function rangeOf({ 0: match, 1: line = '', index }: RegExpExecArray, from = 0): Range {
  const start = from + index + match.lastIndexOf(line);
  return { start, end: start + line.length };
}
