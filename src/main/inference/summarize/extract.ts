/** Sentences of a source that can stand in a summary as they are: which can, how they are shown, and which of them say most of the text. */
import type { Range } from '../../../shared/inference';
import { unwrapped } from './sentence-ranges';
import { isStopWord, wordsOf } from './words';

const FEWEST_WORDS = 5;
const LONGEST_WORDS = 60;
/** Of the characters that are no space. */
const FEWEST_LETTERS = 0.75;
const WHOLE = /^["'“‘(]?[\p{L}\p{N}].*[.!?]["'”’)]*$/su;
/** A sentence around an address says where something is, not what. */
const ADDRESS = /https?:\/\/|\bwww\./i;
/** What it begins with stands for something that was said before it. */
const LEANING =
  /^(?:it|its|this|these|those|they|their|he|she|his|her|however|but|and|also|then|thus|so|therefore|moreover|furthermore|here|such|otherwise|instead)\b/i;
/** A sentence that leans on another one says less without it. */
const LEANING_SHARE = 0.6;
/** The first sentence of a text counts so much more than those far behind it. */
const FIRST_BONUS = 0.5;

/** As it is shown: on one line, without the marks of Markdown. Words stay as they are. */
export function shownSentence(source: string, { start, end }: Range): string {
  return unwrapped(source.slice(start, end))
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether it reads as a sentence: not a heading, a line of a table, code, an address or a fragment. */
export function isReadable(shown: string): boolean {
  const words = wordsOf(shown);
  const visible = shown.match(/\S/g)?.length ?? 0;
  const letters = shown.match(/\p{L}/gu)?.length ?? 0;
  const isLong = words.length >= FEWEST_WORDS && words.some(({ text }) => !isStopWord(text));
  return isLong && words.length <= LONGEST_WORDS && letters >= FEWEST_LETTERS * visible && WHOLE.test(shown) && !ADDRESS.test(shown);
}

/** What a sentence is worth in a summary: `weight` says how much of the text's own words it holds, `place` is its own among the sentences. */
export function worth(shown: string, weight: number, place: number): number {
  return weight * (1 + FIRST_BONUS / (1 + place)) * (LEANING.test(shown) ? LEANING_SHARE : 1);
}
