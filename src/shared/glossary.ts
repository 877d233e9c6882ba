/**
 * Terms and their wanted translations: where they stand in a source, and whether a translation has them. Whole words, in any of the usual
 * endings of their language; longest terms first. Pure; used by the window, by documents and in the inference process alike.
 */
import { z } from 'zod';
import { folded } from './folded';

/** Longest term, in UTF-16 code units. */
const MAX_TERM = 200;
/** Terms that one request may carry. */
export const MAX_TERMS = 500;

const LETTER = /[\p{L}\p{N}]/u;
const termTextSchema = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TERM)
  .refine((text) => LETTER.test(text) && !/[\r\n]/.test(text), 'expected one line with a letter or digit');

export const termSchema = z.strictObject({
  source: termTextSchema,
  target: termTextSchema,
  /** Found only where it is written in these capitals, as “IT” or “Windows”. */
  matchCase: z.boolean(),
});
export type Term = z.infer<typeof termSchema>;

/** A term of a source, and whether its translation has it. */
export const usedTermSchema = z.strictObject({ source: z.string(), target: z.string(), isUsed: z.boolean() });
export type UsedTerm = z.infer<typeof usedTermSchema>;

/** A range of the text in UTF-16 code units. */
export interface FoundTerm {
  readonly term: Term;
  readonly start: number;
  readonly end: number;
}

/** Where nobody says: capitals behind the first letter mean that they matter (IT, GmbH, iPhone). */
export const usuallyMatchesCase = (source: string): boolean => /\p{L}\p{Lu}/u.test(source);

interface Word {
  readonly text: string;
  readonly folded: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly term: Term;
  readonly words: readonly Word[];
}

/** The terms of one pair of languages. */
export class Glossary {
  /** By the stem of their first word, the longest first. */
  private readonly entries = new Map<string, Entry[]>();
  /** Those with characters other than of words, found as they are written: `C++`, `R&D`. */
  private readonly literal: Term[] = [];

  constructor(
    readonly terms: readonly Term[],
    private readonly from: string,
    private readonly to: string,
  ) {
    for (const term of terms) {
      const words = wordsOf(term.source, from);
      const [first] = words;
      if (!first || !isOfWords(term.source)) this.literal.push(term);
      else this.entries.set(first.stem, [...(this.entries.get(first.stem) ?? []), { term, words }]);
    }
    for (const entries of this.entries.values()) entries.sort((a, b) => b.words.length - a.words.length);
    this.literal.sort((a, b) => b.source.length - a.source.length);
  }

  /** In reading order; none overlap. */
  find(text: string): FoundTerm[] {
    const found = this.literal.flatMap((term) => literalRanges(text, term).map(([start, end]): FoundTerm => ({ term, start, end })));
    const words = this.entries.size === 0 ? [] : wordsOf(text, this.from);
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      const candidates = (word && this.entries.get(word.stem)) ?? [];
      const fits = candidates.filter((entry) => isAt(entry, words, at, text));
      // The form that is written is nearer than another one of the same word.
      const longest = fits.filter((entry) => entry.words.length === fits[0]?.words.length);
      const best = longest.find((entry) => entry.words.every((own, i) => own.folded === words[at + i]?.folded)) ?? longest[0];
      const last = best && words[at + best.words.length - 1];
      if (!word || !best || !last) continue;
      found.push({ term: best.term, start: word.start, end: last.end });
      at += best.words.length - 1;
    }
    return withoutOverlaps(found);
  }

  /** Whether a translation has the term's target, in whatever ending; in German also as the head or tail of a compound. */
  holds(translation: string, { target }: Term): boolean {
    const wanted = wordsOf(target, this.to);
    const [first] = wanted;
    if (!first || !isOfWords(target)) return translation.toLowerCase().includes(target.toLowerCase());
    const words = wordsOf(translation, this.to);
    if (words.some((_word, at) => wanted.every(({ stem }, i) => words[at + i]?.stem === stem))) return true;
    if (this.to !== 'de' || wanted.length > 1 || first.stem.length < SHORTEST_IN_COMPOUND) return false;
    return words.some(({ folded, stem }) => folded.startsWith(first.stem) || stem.endsWith(first.stem));
  }

  /**
   * A translation with the term's target in place of the word that was written for it, wherever that stands, in whatever ending. What is
   * around it keeps its case and number. Null where that word is not there.
   */
  swapped(translation: string, written: string, { source, target }: Term): string | null {
    const wanted = wordsOf(written, this.to);
    // A model that writes on and on has not understood it as a term.
    if (wanted.length > wordsOf(source, this.from).length + 1) return null;
    const words = wordsOf(translation, this.to);
    let result = '';
    let done = 0;
    for (let at = 0; wanted.length > 0 && at < words.length; at++) {
      const first = words[at];
      const last = words[at + wanted.length - 1];
      if (!first || !last || first.start < done || !wanted.every(({ stem }, i) => words[at + i]?.stem === stem)) continue;
      const ending = endingOf(last.text, wanted.at(-1)?.text ?? '', target);
      const [letter = ''] = target;
      const isCapital = first.start === 0 && /^\p{Lu}/u.test(translation);
      const term = (isCapital ? letter.toUpperCase() + target.slice(letter.length) : target) + ending;
      result += translation.slice(done, first.start) + term;
      done = last.end;
    }
    return done === 0 ? null : result + translation.slice(done);
  }

  /** Of a source and its translation: each term once, in the order of the source. */
  used(source: string, translation: string): UsedTerm[] {
    const terms = new Set(this.find(source).map(({ term }) => term));
    return [...terms].map((term) => ({ source: term.source, target: term.target, isUsed: this.holds(translation, term) }));
  }
}

/** What a form of a word adds to it, if the target takes the same: words that end alike do. `Computern` is to `Computer` what `Rechnern` is. */
function endingOf(form: string, word: string, target: string): string {
  const isForm = form.length > word.length && form.startsWith(word);
  return isForm && word.slice(-2) === target.slice(-2) ? form.slice(word.length) : '';
}

/** In letters; shorter ones begin or end too many other words. */
const SHORTEST_IN_COMPOUND = 4;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** What may stand between the words of a term. */
const JOINER = /^(?:[\s\u00a0]+|[-‐‑/'’])$/u;

const isOfWords = (text: string): boolean => !/[^\p{L}\p{M}\p{N}\s\u00a0'’/‐‑-]/u.test(text);

function wordsOf(text: string, language: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => {
    const [word] = match;
    const folded = foldedOf(word);
    return { text: word, folded, stem: stemOf(folded, language), start: match.index, end: match.index + word.length };
  });
}

/** Small letters without accents: plurals with an umlaut are the same word. */
const foldedOf = (word: string): string => folded(word).replaceAll('ß', 'ss');

function isAt({ term, words: own }: Entry, words: readonly Word[], at: number, text: string): boolean {
  return own.every((wanted, i) => {
    const word = words[at + i];
    const before = words[at + i - 1];
    if (word?.stem !== wanted.stem) return false;
    if (i > 0 && !JOINER.test(text.slice(before?.end ?? 0, word.start))) return false;
    const length = Math.min(word.stem.length, word.text.length, wanted.text.length);
    return !term.matchCase || word.text.slice(0, length) === wanted.text.slice(0, length);
  });
}

/** What is left of a word without the endings that it takes for number, case and gender. */
function stemOf(folded: string, language: string): string {
  const endings = ENDINGS[language];
  if (!endings) return folded;
  for (const [ending, instead] of endings) {
    if (folded.endsWith(ending) && folded.length - ending.length + instead.length >= 3) {
      return folded.slice(0, folded.length - ending.length) + instead;
    }
  }
  return folded;
}

type Endings = readonly (readonly [ending: string, instead: string])[];

/** By language, tried in order. An ending that stands for itself is none, `class`. */
const ENDINGS: Partial<Record<string, Endings>> = {
  en: [
    ['ies', 'y'],
    ['sses', 'ss'],
    ['xes', 'x'],
    ['ches', 'ch'],
    ['shes', 'sh'],
    ['zes', 'z'],
    ['ss', 'ss'],
    ['us', 'us'],
    ['is', 'is'],
    ['s', ''],
  ],
  de: [
    ['ern', ''],
    ['em', ''],
    ['en', ''],
    ['er', ''],
    ['es', ''],
    ['ss', 'ss'],
    ['e', ''],
    ['n', ''],
    ['s', ''],
  ],
  fr: [
    ['aux', 'al'],
    ['eaux', 'eau'],
    ['ees', 'e'],
    ['es', ''],
    ['ss', 'ss'],
    ['s', ''],
    ['x', ''],
    ['e', ''],
  ],
};

function literalRanges(text: string, { source, matchCase }: Term): [start: number, end: number][] {
  const fold = (value: string) => (matchCase ? value : value.toLowerCase());
  const [haystack, needle] = [fold(text), fold(source)];
  const ranges: [number, number][] = [];
  // Lower case may change a text's length; then offsets would lie.
  if (haystack.length !== text.length) return ranges;
  for (let start = haystack.indexOf(needle); start >= 0; start = haystack.indexOf(needle, start + needle.length)) {
    const end = start + needle.length;
    const goesOn = (inside: string | undefined, outside: string | undefined) => LETTER.test(inside ?? '') && LETTER.test(outside ?? '');
    if (!goesOn(text[start], text[start - 1]) && !goesOn(text[end - 1], text[end])) ranges.push([start, end]);
  }
  return ranges;
}

/** The longer of two that overlap stays. */
function withoutOverlaps(found: readonly FoundTerm[]): FoundTerm[] {
  const kept: FoundTerm[] = [];
  for (const term of found.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!kept.some((other) => other.start < term.end && term.start < other.end)) kept.push(term);
  }
  return kept.sort((a, b) => a.start - b.start);
}
