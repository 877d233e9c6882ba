/** Sentences of a source that can stand in a summary as they are: which can, how they are shown, and which of them say most of the text. */
import type { Range } from '../../../shared/inference/summary';
import { unwrapped } from './sentence-ranges';
import { isStopWord, wordsOf } from './words';

const FEWEST_WORDS = 4;
const LONGEST_WORDS = 60;
/** Of the characters that are no space. */
const FEWEST_LETTERS = 0.75;
const WHOLE = /^["'“‘(]?[\p{L}\p{N}].*[.!?]["'”’)]*$/su;
/** Closes what was opened before it. */
const REST = /^[^([{]*[)\]}]/;
/** UTF-16 code units in which the word before a sentence is found. */
const LINE = 200;
/** A sentence around an address says where something is, not what; one with a bar is a row of a table. */
const ADDRESS = /https?:\/\/|\bwww\.|\|/i;
/** What it begins with stands for something that was said before it. */
const LEANING =
  /^(?:it|its|this|these|those|they|their|he|she|his|her|however|but|and|also|then|thus|so|therefore|moreover|furthermore|here|such|otherwise|instead)\b/i;
/** What it says is said elsewhere, or nowhere. */
const POINTING =
  /\b(?:for (?:more|further) \w+|(?:please|to) (?:contact|see|read|visit)|click|the (?:above|following)|as follows)\b|\?["'”’)]*$/i;
/** A sentence that leans on another one says less without it, and one that asks or points elsewhere hardly anything. */
const LEANING_SHARE = 0.6;
const POINTING_SHARE = 0.4;
/** What stands deep in a page is about a detail: an option of a manual, say. In spaces, or a tab. */
const DEEP = /^(?: {10}|\t)/;
const DEEP_SHARE = 0.5;
/** Goes on from what was said before. "This package" does not. */
const GOING_ON =
  /^(?:it|its|they|their|he|she|his|her|however|but|and|also|then|thus|so|therefore|moreover|furthermore|such|otherwise|instead)\b/i;
/** A word that a manual broke at the end of a line. */
const BROKEN_WORD = /(?<=\p{Ll})\u2010\s+(?=\p{Ll})/gu;
/** The first sentence of a text counts so much more than those far behind it. */
const FIRST_BONUS = 1;

/** As it is shown: on one line, without the marks of Markdown. Words stay as they are. */
export function shownSentence(source: string, { start, end }: Range): string {
  return unwrapped(source.slice(start, end))
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(BROKEN_WORD, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether it reads as a sentence: not a heading, a line of a table, code, an address, a list of names or a fragment. */
export function isReadable(shown: string): boolean {
  const words = wordsOf(shown);
  const visible = shown.match(/\S/g)?.length ?? 0;
  const letters = shown.match(/\p{L}/gu)?.length ?? 0;
  const stopWords = words.filter(({ text }) => isStopWord(text)).length;
  const isLong = words.length >= FEWEST_WORDS && stopWords > 0 && stopWords < words.length;
  const isProse = letters >= FEWEST_LETTERS * visible && !hasAddress(shown) && !REST.test(shown);
  return isLong && words.length <= LONGEST_WORDS && isProse && WHOLE.test(shown);
}

export const hasAddress = (shown: string) => ADDRESS.test(shown);

/** Whether the range begins where a sentence does. One with a small letter behind a letter or a comma is the rest of a broken line. */
export function isBeginning(source: string, { start }: Range): boolean {
  const before = source.slice(Math.max(0, start - LINE), start);
  return !/^\p{Ll}/u.test(source.slice(start, start + 2)) || !/[\p{L}\p{N},][^\S\n]*\n?[^\S\n]*$/u.test(before);
}

/** What a sentence is worth in a summary: `weight` says how much of the text's own words it holds, `place` is its own among the sentences. */
export function worth(shown: string, source: string, { start }: Range, weight: number, place: number): number {
  const line = source.slice(source.lastIndexOf('\n', start) + 1, start + 1);
  const ofItsOwn =
    (LEANING.test(shown) ? LEANING_SHARE : 1) * (POINTING.test(shown) ? POINTING_SHARE : 1) * (DEEP.test(line) ? DEEP_SHARE : 1);
  return weight * (1 + FIRST_BONUS / (1 + place)) * ofItsOwn;
}

/** Whether it can be a headline: it neither asks or points elsewhere nor goes on from another sentence. */
export const standsAlone = (shown: string) => !GOING_ON.test(shown) && !POINTING.test(shown);
