/** The names in a summary: words with a capital letter that no place in a sentence calls for. */
import type { Range } from '../../../shared/inference/summary';
import { isStopWord, wordsOf } from './words';

/** Words joined by hyphens, with the digits that belong to them: "GPT-4", "Korean-speaking". */
const NAME = /(?<![\p{L}\p{N}])(?:\p{N}+-?)?\p{Lu}[\p{L}\p{M}\p{N}]*(?:[-'’][\p{L}\p{N}]+)*/gu;
/** Nothing but what may stand before the first word of a sentence, or of what a colon or a quote begins. */
const AT_START = /(?:^|[.:!?…]\s*|["“„«(‘]\s*)$/u;
/** A second capital letter or a digit: no word is written so for its place in a sentence. */
const SHAPED = /\p{L}.*[\p{Lu}\p{N}]|\p{N}/u;
const ACRONYM = /^\p{Lu}{3,6}s?$/u;
/** Where so many of the words that say something begin with a capital letter, it is the style of a headline. */
const HEADLINE_SHARE = 0.9;
const FEWEST_HEADLINE_WORDS = 3;

/** The words of a source, by which its names are known. */
export class KnownNames {
  private readonly forms = new Set<string>();
  /** First letters of its content words, in order. */
  private initials = '';
  private compact = '';

  /** The next piece of the source. */
  add(text: string): void {
    for (const word of wordsOf(text)) {
      this.forms.add(formOf(word.text));
      if (!isStopWord(word.text)) this.initials += word.text.slice(0, 1).toLowerCase();
    }
    this.compact += compact(text);
  }

  /** The names of one sentence that the source does not hold, as ranges of the sentence. An acronym of the source's words is held. */
  unknownIn(sentence: string): Range[] {
    const isHeadline = hasHeadlineStyle(sentence);
    const unknown: Range[] = [];
    for (const { 0: name, index } of sentence.matchAll(NAME)) {
      const isPlain = !SHAPED.test(name);
      if (isPlain && (isHeadline || AT_START.test(sentence.slice(0, index).trimEnd()))) continue;
      if (!this.holds(name)) unknown.push({ start: index, end: index + name.length });
    }
    return unknown;
  }

  private holds(name: string): boolean {
    if (/\p{N}/u.test(name)) return this.compact.includes(compact(name));
    if (wordsOf(name).every(({ text }) => isStopWord(text) || this.forms.has(formOf(text)))) return true;
    return ACRONYM.test(name) && this.initials.includes(name.replace(/s$/, '').toLowerCase());
  }
}

/** A name is the same in the plural and where something is its own; otherwise its letters count. */
const formOf = (word: string) =>
  word
    .toLowerCase()
    .replace(/['’]s?$/, '')
    .replace(/s$/, '');

/** "GPT-4", "GPT 4" and "gpt4" are the same. */
const compact = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function hasHeadlineStyle(sentence: string): boolean {
  const words = wordsOf(sentence).filter(({ text }) => !isStopWord(text));
  const capitals = words.filter(({ text }) => /^\p{Lu}/u.test(text));
  return words.length >= FEWEST_HEADLINE_WORDS && capitals.length >= HEADLINE_SHARE * words.length;
}
