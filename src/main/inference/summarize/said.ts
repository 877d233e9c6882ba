/** What a summary has said, so that it does not say it again: the same sentence, or one whose words are nearly all in one that was said. */
import { isStopWord, stemOf, wordsOf } from './words';

/** Of the words of a sentence that say something, so many in one earlier sentence make it a paraphrase of that. */
const NEARLY_ALL = 0.8;

interface Sentence {
  /** Its words in order, in small letters. */
  readonly words: string;
  /** Stems of the words that say something. */
  readonly terms: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

export class Said {
  private readonly sentences: Sentence[] = [];

  add(text: string): void {
    this.sentences.push(sentenceOf(text));
  }

  /** Whether this very sentence was said. */
  holds(text: string): boolean {
    const words = plainWords(text);
    return this.sentences.some((known) => known.words === words);
  }

  /** Whether nearly all that says something in it, and every number, is in one sentence that was said. */
  covers(text: string): boolean {
    const { terms, numbers } = sentenceOf(text);
    return this.sentences.some((known) => {
      const held = [...terms].filter((term) => known.terms.has(term)).length;
      return held >= NEARLY_ALL * terms.size && [...numbers].every((number) => known.numbers.has(number));
    });
  }
}

/** Words and numbers in small letters, one space between. */
export const plainWords = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function sentenceOf(text: string): Sentence {
  const says = wordsOf(text).filter((word) => !isStopWord(word.text));
  return { words: plainWords(text), terms: new Set(says.map((word) => stemOf(word.text))), numbers: new Set(text.match(/\d+/g)) };
}
