/** First tokens of words → whole words: what a decoder writes after each of them, to where the next word begins. Knows ids, no text. */
import type { Decoder } from './decoder';

/** Longer words are cut: what is shown of them is a beginning. */
const LONGEST_WORD = 12;

/**
 * `ids` follow, each by itself, what the decoder's only row has read; greedy, all at a time. `endsWord`: whether the word is whole before
 * `next`. Yields after each run; returns the ids of each word. The decoder's rows are those of the words then.
 */
export async function* completeWords(
  decoder: Decoder,
  ids: readonly number[],
  endsWord: (word: readonly number[], next: number) => boolean,
): AsyncGenerator<null, number[][], undefined> {
  const words = ids.map((id) => [id]);
  let open = words;
  decoder.gather(words.map(() => 0));
  while (open.length > 0) {
    const candidates = await decoder.step(open.map((word) => word.at(-1) ?? 0));
    yield null;
    const kept: number[] = [];
    open.forEach((word, row) => {
      const next = candidates.ids[row * decoder.topK];
      if (next === undefined || word.length === LONGEST_WORD || endsWord(word, next)) return;
      word.push(next);
      kept.push(row);
    });
    if (kept.length > 0) decoder.gather(kept);
    open = open.filter((_, row) => kept.includes(row));
  }
  return words;
}
