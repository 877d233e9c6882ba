/**
 * What of a sentence makes a headline: not what introduces it ("This paper presents"), not what stands in parentheses, and of a long one not
 * what hangs on its end. Words are left out, none is changed. Knows English.
 */
import type { Range } from '../../../shared/inference/summary';

const KIND = String.raw`(?:paper|package|article|work|report|study|document|module|library|text|program|crate|patch|commit|research)`;
const SAYS = String.raw`(?:presents?|describes?|introduces?|proposes?|provides?|contains?|includes?|discuss(?:es)?|explains?|reports?(?: on)?|explores?|investigates?|stud(?:y|ies)|examines?|address(?:es)?|shows? that|offers?|is about)`;
const INTRODUCTION = new RegExp(
  String.raw`^(?:in this \w+,? )?(?:(?:this|the|our|a new|an?) (?:\w+ )?${KIND}|we|it)\s+(?:also |now |further )?${SAYS}\s+(?=\S+ \S+ \S+)`,
  'i',
);
/** A parenthesis with a space before it, or it belongs to a word: "f(x)". */
const PARENTHESIS = /\s+\([^()]*\)/g;
/** Of a long sentence also the clause between two commas that says more of what stands before it. */
const ASIDE = /\s+\([^()]*\)|, (?:who|which|whose)\b[^,;:()]{8,200},(?= (?!and\b|or\b|but\b|nor\b))/g;
/** Where a clause, a list or an aside begins that a headline can do without; behind a clause that another comma ends, the sentence goes on. */
const TAIL =
  /, (?:which|that|who|whose|where)\b(?![^,]*,)|, (?:while|because|so that|such as|including|thus|and|but|or|providing|offering|allowing|using|with)\b| (?:because|so that|such as|including|whereas)\b|[;:] | --? /g;
/** Where a headline that is still too long ends, though what follows would have been worth saying. A comma of a list is none. */
const JOINT =
  /, (?=(?:the|an?|it|we|he|she|they|this|these|our|its|his|her|their|in|on|at|for|from|to|by|as|without)\b)| (?:which|while|where|because|using|in order to|so that|such as)\b/g;
/** Up to the end of a clause that says nothing by itself. */
const SUBORDINATE = /^(?:although|though|while|when|whenever|if|after|before|since|as|because|unless|once|until|whereas)\b[^,]*,/i;
const CLOSING = /(?:[\s,;:…]+|(?<!\.|\.\p{Lu})\.)$/u;
/** Nothing ends with one of these. */
const HANGING = /(?:^|\s)(?:an?|the|of|to|and|or|for|with|by|is|are|was|were|be|that|which|as|at|from|its|their|than)$/i;

/** In words. A longer headline ends where its tail begins, if so many stand before that. */
const LONGEST = 12;
const FEWEST_BEFORE_TAIL = 8;
const FEWEST_BEFORE_COLON = 6;
/** What an item of a list is before its last comma. */
const ITEM = /,\s+(?:\S+\s+){0,2}\S+$/;
/**
 * One of more words ends at a joint before them, if it can. Chosen on first sentences of training documents as headlines: all kinds but news gain
 * by it, or lose nothing.
 */
const LONGEST_OF_ALL = 16;
const FEWEST_OF_A_CUT = 5;

/** Ranges of the sentence, in order. Null where it was cut and no whole clause is left of it, or where it ends in the middle of one. */
export function headlineRanges(sentence: string, isCut: boolean): Range[] | null {
  const asides = wordCount(sentence) > LONGEST ? ASIDE : PARENTHESIS;
  const masked = sentence.replace(asides, (aside) => ' '.repeat(aside.length));
  const start = INTRODUCTION.exec(masked)?.[0].length ?? 0;
  const end = endOf(masked, start, isCut);
  if (end === null || HANGING.test(masked.slice(start, end))) return null;
  const ranges: Range[] = [];
  let from = start;
  for (const { 0: aside, index } of sentence.matchAll(asides)) {
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
  const wordsBefore = (index: number) => wordCount(masked.slice(start, index));
  const fewest = isCut ? FEWEST_OF_A_CUT : FEWEST_BEFORE_TAIL;
  const main = start + (SUBORDINATE.exec(masked.slice(start))?.[0].length ?? 0);
  const places = (pattern: RegExp) => Array.from(masked.matchAll(pattern), ({ index }) => index).filter((index) => index >= main);
  const tail = places(TAIL).find((index) => wordsBefore(index) >= fewest && !isInList(masked, index));
  const end = tail === undefined ? closed : masked.slice(0, tail).trimEnd().length;
  if (wordsBefore(end) <= LONGEST_OF_ALL) return tail === undefined && isCut ? null : end;
  const isFit = (words: number) => words >= FEWEST_BEFORE_TAIL && words <= LONGEST_OF_ALL;
  const isJoint = (index: number) => index < end && isFit(wordsBefore(index)) && !HANGING.test(masked.slice(start, index));
  const [colon = closed] = places(/[;:] /g);
  const joints = places(JOINT).filter((index) => isJoint(index) && index < colon);
  const joint = joints.at(-1) ?? (wordsBefore(colon) >= FEWEST_BEFORE_COLON ? places(/[;:] /g)[0] : undefined);
  if (joint !== undefined) return joint - (CLOSING.exec(masked.slice(0, joint))?.[0].length ?? 0);
  return tail === undefined && isCut ? null : end;
}

/** Whether ", and" or ", or" at the index goes on with a list. */
const isInList = (masked: string, index: number) => /^, (?:and|or)\b/.test(masked.slice(index)) && ITEM.test(masked.slice(0, index));
const wordCount = (text: string) => text.match(/\S+/g)?.length ?? 0;
