/** What is wrong with a translation as far as it can be told without knowing either language. Pure. */
import { codesProblem } from '../../shared/check-codes';
import type { SegmentReason } from '../../shared/inference/flags';
import { textOf, type Inlines } from '../../shared/inlines';
import type { CodeKinds } from './codes/code-kinds';
import type { Ending } from './decode/decoder';
import { numbersOf } from './typeset/numbers';
import { toldIn24Hours } from './typeset/times';

/** What calls for another attempt, the worst last. */
const FAULTS = [
  'numbers',
  'repeats',
  'untranslated',
  'short',
  'length',
  'loop',
  'codes',
  'empty',
] as const satisfies readonly SegmentReason[];
export type Fault = (typeof FAULTS)[number];

/** Sources shorter than this may well have translations of a third of their length; in UTF-16 code units. */
const SHORT_SOURCE = 40;
/** A translation of so many words in small letters, of which this share stands in the source as well, is none. */
const UNTRANSLATED_WORDS = 4;
const UNTRANSLATED_SHARE = 0.75;
/** Words that come again in this order, and their letters at least. */
const REPEATED_WORDS = 4;
const REPEATED_LETTERS = 12;
/** 17:00, 17 h 00. */
const FULL_HOUR = /\b(\d{1,2})(?::|[ \u00a0\u202f]?h[ \u00a0\u202f]?)00\b/g;

/** -1 without faults. */
export const worst = (faults: ReadonlySet<SegmentReason>) => FAULTS.findLastIndex((fault) => faults.has(fault));

export function faultsOf(source: Inlines, target: Inlines, ending: Ending | 'loop', kinds: CodeKinds): Set<Fault> {
  const faults = new Set<Fault>();
  const sourceText = textOf(source).trim();
  const targetText = textOf(target).trim();
  if (targetText === '') faults.add('empty');
  else {
    if (sourceText.length >= SHORT_SOURCE && targetText.length * 3 < sourceText.length) faults.add('short');
    if (isUntranslated(sourceText, targetText)) faults.add('untranslated');
    if (repeatsItself(targetText) && !repeatsItself(sourceText)) faults.add('repeats');
    if (!sameNumbers(sourceText, targetText)) faults.add('numbers');
  }
  if (ending !== 'stop') faults.add(ending);
  if (codesProblem(source, target, kinds.pairs) !== null) faults.add('codes');
  return faults;
}

/** Whether a translation holds its source's numbers, however they are punctuated and ordered, and whichever clock tells the hours. */
export const sameNumbers = (source: string, target: string) =>
  [source, toldIn24Hours(source)].some((text) => numbersIn(text) === numbersIn(target));

/** A full hour is said with its minutes or without. */
const numbersIn = (text: string) => numbersOf(text.replace(FULL_HOUR, '$1')).sort().join(' ');

const wordsOf = (text: string) => text.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];

/** Words in capitals are left out: names, and German nouns that English shares. */
export function isUntranslated(source: string, target: string): boolean {
  const known = new Set(wordsOf(source));
  const words = wordsOf(target).filter((word) => /^\p{Ll}{2}/u.test(word));
  return words.length >= UNTRANSLATED_WORDS && words.filter((word) => known.has(word)).length >= words.length * UNTRANSLATED_SHARE;
}

/** Whether some words come again in the same order, or two or more at once: "and a dog, and a dog". */
function repeatsItself(text: string): boolean {
  const words = wordsOf(text.toLowerCase());
  const seen = new Set<string>();
  for (let at = 0; at + REPEATED_WORDS <= words.length; at++) {
    const stretch = words.slice(at, at + REPEATED_WORDS);
    const key = stretch.join(' ');
    if (seen.has(key) && stretch.join('').length >= REPEATED_LETTERS) return true;
    seen.add(key);
  }
  return words.some((_, at) => [2, 3].some((length) => isTwice(words.slice(at, at + 2 * length), length)));
}

const isTwice = (words: readonly string[], length: number) =>
  words.length === 2 * length && words.slice(0, length).every((word, at) => word === words[at + length]);
