/** Words of an output and the tokens that they are made of. Pure. */
import type { Range } from '../../shared/inference/summary';
import { type WrittenSentence } from '../generation';

/** A word of the output, and where in its sentence's tokens another could stand. */
export interface Place {
  sentence: WrittenSentence;
  /** How many of the sentence's tokens stand before it. */
  token: number;
  /** In the output, UTF-16 code units. */
  start: number;
  end: number;
  word: string;
}

/** A word as the engine tells words apart: letters and digits, apostrophes and hyphens among them, or one other sign. */
const WORD = /[\p{L}\p{M}\p{N}'’-]+|\S/gu;

/** Ranges of `text`. */
export function wordsOf(text: string): Range[] {
  return Array.from(text.matchAll(WORD), (match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The word at `offset` of the output, or the nearest before it in the same sentence; null outside of the sentences that can be asked about. */
export function placeAt(output: string, sentences: readonly WrittenSentence[], offset: number): Place | null {
  const sentence = sentences.find(({ start, end }) => start <= offset && offset <= end);
  if (sentence === undefined) return null;
  const words = wordsOf(output.slice(sentence.start, sentence.end));
  const at = offset - sentence.start;
  const word = words.findLast(({ start }) => start <= at) ?? words[0];
  return word === undefined ? null : placeOf(output, sentence, word);
}

/** The next word of the output that can be asked about, from a place on, or the first or last; null where there is none. */
export function neighbour(output: string, sentences: readonly WrittenSentence[], place: Place | null, step: 1 | -1): Place | null {
  const from = place === null ? -1 : sentences.indexOf(place.sentence);
  if (place !== null && from >= 0) {
    const words = wordsOf(output.slice(place.sentence.start, place.sentence.end));
    const next =
      step === 1
        ? words.find(({ start }) => start + place.sentence.start >= place.end)
        : words.findLast(({ end }) => end + place.sentence.start <= place.start);
    if (next !== undefined) return placeOf(output, place.sentence, next);
  }
  const sentence = from < 0 ? sentences.at(step === 1 ? 0 : -1) : sentences[from + step];
  const word = sentence && wordsOf(output.slice(sentence.start, sentence.end)).at(step === 1 ? 0 : -1);
  return sentence === undefined || word === undefined ? null : placeOf(output, sentence, word);
}

/** `word`: its range in the sentence. A token may begin before the word: what another would replace begins there too. */
function placeOf(output: string, sentence: WrittenSentence, word: Range): Place {
  const { ends } = sentence.written;
  const token = Math.max(
    0,
    ends.findIndex((end) => end > word.start),
  );
  const text = output.slice(sentence.start, sentence.end);
  let start = token === 0 ? 0 : (ends[token - 1] ?? 0);
  while (start < word.start && /\s/.test(text.charAt(start))) start++;
  return { sentence, token, start: sentence.start + start, end: sentence.start + word.end, word: text.slice(start, word.end) };
}
