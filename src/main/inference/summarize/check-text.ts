/** Whether there is anything to summarize in a text, and in which language it is, asked before any work. Knows no pack but the language it reads. */
import { isStopWord, wordsOf } from './words';

/** A text must have this many words, and more than one sentence unless it is this long: what is shorter is a summary already. */
const FEWEST_WORDS = 12;
const FEWEST_WORDS_IN_ONE_SENTENCE = 40;
/** Shares of the characters that are no space. */
const MOST_UNREADABLE = 0.01;
const FEWEST_LETTERS = 0.5;
/** Looked at for all but the number of words, in UTF-16 code units: a long text is what its beginning and its middle are. */
const SAMPLE = 20_000;
/** Shorter texts hold too little to tell languages apart by, in letters. */
const FEWEST_LETTERS_OF_LANGUAGE = 80;
/** How much better another language must fit, in the detector's scores (0 to 1). Of 9,955 English documents of the training corpora none was taken for
 * another language; of 1,714 stretches of five sentences in German and in French 99.8 and 99.5 % were known. */
const MARGIN = 0.1;

/**
 * Where so many of the words are English words that say nothing, the text is English and nothing needs to be detected: 97 % of the English
 * documents, no German or French one.
 */
const ENGLISH_SHARE = 0.25;

const LETTER = /\p{L}/gu;
const UNREADABLE = /[\0-\x08\x0e-\x1f\x7f\ufffd\p{Surrogate}]/gu;

/**
 * Why the text cannot be summarized, for a person, or null. `read`: it without what is not for a summary, `sentences`: how many there are in that.
 */
export function textProblem(text: string, read: string, sentences: number): string | null {
  const sample = sampleOf(text);
  const visible = count(sample, /\S/gu);
  if (visible === 0) return 'There is no text to summarize. Paste a text, or open a file that has some.';
  const unreadable = count(sample, UNREADABLE);
  if (unreadable > MOST_UNREADABLE * visible) {
    return `This is not text: ${percent(unreadable, visible)} of its characters are control characters or could not be read. Open it in the program that wrote it, and save it as text or as a document.`;
  }
  const letters = count(sample, LETTER);
  if (letters < FEWEST_LETTERS * visible) {
    return `This is mostly numbers and signs: ${percent(letters, visible)} of it are letters. A summary needs sentences; paste the text that explains them.`;
  }
  const words = wordsOf(read).length;
  if (words >= FEWEST_WORDS && (sentences > 1 || words >= FEWEST_WORDS_IN_ONE_SENTENCE)) return null;
  const all = wordsOf(text).length;
  if (all >= 2 * Math.max(words, FEWEST_WORDS)) {
    return `This is code, tables or links but for ${counted(words, 'word')} of ${all}. A summary needs sentences; paste the text that explains them.`;
  }
  return `This text is short already: ${counted(words, 'word')} in ${counted(sentences, 'sentence')}. There is something to summarize from two sentences and ${FEWEST_WORDS} words on.`;
}

/** Why nothing is shown of a text in another language of which no sentence can be taken. */
export function foreignProblem(language: string, reader: { readonly name: string; readonly language: string }): string {
  const [got, expected] = [language, reader.language].map(languageName);
  return `This text is in ${got}; “${reader.name}” summarizes ${expected}, and the text has no sentence that can stand for it. Translate it into ${expected} first, or choose another text.`;
}

/** The language of a text that surely is not `expected`, or null. */
export async function foreignLanguage(text: string, expected: string): Promise<string | null> {
  const sample = sampleOf(text);
  if (count(sample, LETTER) < FEWEST_LETTERS_OF_LANGUAGE) return null;
  const words = wordsOf(sample);
  const stopWords = words.filter(({ text }) => isStopWord(text)).length;
  if (expected === 'en' && stopWords >= ENGLISH_SHARE * words.length) return null;
  // The detector is large and takes long to load.
  const { eld } = await import('eld/small');
  const found = eld.detect(sample);
  if (found.language === expected || found.language === '' || !found.isReliable()) return null;
  const scores = found.getScores();
  return (scores[found.language] ?? 0) - (scores[expected] ?? 0) >= MARGIN ? found.language : null;
}

function sampleOf(text: string): string {
  if (text.length <= 2 * SAMPLE) return text;
  const middle = text.length >> 1;
  // A cut inside a surrogate pair would make it look broken.
  return `${text.slice(0, SAMPLE)}\n${text.slice(middle, middle + SAMPLE)}`.replace(/\p{Surrogate}(?=\n|$)|(?<=\n)\p{Surrogate}/gu, '');
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const percent = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`;
const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
const languageName = (code: string) => new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
