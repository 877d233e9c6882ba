/**
 * What of a sentence makes a headline: not what introduces it ("This paper presents"), not what stands in parentheses, and of a long one not
 * what hangs on its end. Words are left out, none is changed. Knows English.
 */
import type { Range } from '../../../shared/inference';

const KIND = String.raw`(?:paper|package|article|work|report|study|document|module|library|text|program|crate|patch|commit|research)`;
const SAYS = String.raw`(?:presents?|describes?|introduces?|proposes?|provides?|contains?|includes?|discuss(?:es)?|explains?|reports?(?: on)?|explores?|investigates?|stud(?:y|ies)|examines?|address(?:es)?|shows? that|offers?|is about)`;
const INTRODUCTION = new RegExp(
  String.raw`^(?:in this \w+,? )?(?:(?:this|the|our|a new|an?) (?:\w+ )?${KIND}|we|it)\s+(?:also |now |further )?${SAYS}\s+(?=\S+ \S+ \S+)`,
  'i',
);
/** With a space before it, or it belongs to a word: "f(x)". */
const PARENTHESIS = /\s+\([^()]*\)/g;
/** Where a clause, a list or an aside begins that a headline can do without. */
const TAIL =
  /, (?:which|that|who|whose|where|while|because|so that|such as|including|thus|and|but|or|providing|offering|allowing|using|with)\b| (?:because|so that|such as|including|whereas)\b|[;:] | --? /g;
const CLOSING = /(?:[\s,;:…]+|(?<!\.|\.\p{Lu})\.)$/u;
/** Nothing ends with one of these. */
const HANGING = /(?:^|\s)(?:an?|the|of|to|and|or|for|with|by|is|are|was|were|be|that|which|as|at|from|its|their|than)$/i;

/** In words. A longer headline ends where its tail begins, if so many stand before that. */
const LONGEST = 12;
const FEWEST_BEFORE_TAIL = 8;
const FEWEST_OF_A_CUT = 5;

/** Ranges of the sentence, in order. Null where it was cut and no whole clause is left of it, or where it ends in the middle of one. */
export function headlineRanges(sentence: string, isCut: boolean): Range[] | null {
  const masked = sentence.replace(PARENTHESIS, (aside) => ' '.repeat(aside.length));
  const start = INTRODUCTION.exec(masked)?.[0].length ?? 0;
  const end = endOf(masked, start, isCut);
  if (end === null || HANGING.test(masked.slice(start, end))) return null;
  const ranges: Range[] = [];
  let from = start;
  for (const { 0: aside, index } of sentence.matchAll(PARENTHESIS)) {
    if (index < start || index >= end) continue;
    ranges.push({ start: from, end: index });
    from = index + aside.length;
  }
  return [...ranges, { start: from, end }].filter((range) => range.end > range.start);
}

/** Without what closes a sentence. */
function endOf(masked: string, start: number, isCut: boolean): number | null {
  const closed = masked.length - (CLOSING.exec(masked)?.[0].length ?? 0);
  if (!isCut && wordCount(masked.slice(start, closed)) <= LONGEST) return closed;
  const fewest = isCut ? FEWEST_OF_A_CUT : FEWEST_BEFORE_TAIL;
  for (const { index } of masked.matchAll(TAIL))
    if (wordCount(masked.slice(start, index)) >= fewest) return masked.slice(0, index).trimEnd().length;
  return isCut ? null : closed;
}

const wordCount = (text: string) => text.match(/\S+/g)?.length ?? 0;
