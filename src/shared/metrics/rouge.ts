/**
 * ROUGE F1 as rouge-score computes it with stemming, the same numbers that a pack's own quality is told in: words of a to z and digits, so it is
 * made for English. The score of many texts is the mean of theirs.
 */
import { type Metric } from './metric';
import { ngrams } from './ngrams';
import { porterStem } from './porter';

export const rouge1 = rouge('rouge1', 'ROUGE-1', (output, reference) => shared(output, reference, 1));
export const rouge2 = rouge('rouge2', 'ROUGE-2', (output, reference) => shared(output, reference, 2));
export const rougeL = rouge('rougeL', 'ROUGE-L', (output, reference) => {
  const inBoth = longestCommonSubsequence(output, reference);
  return f1(inBoth, output.length, reference.length);
});

/** F1 of the text, from 0 to 1; then one text. */
function rouge(id: Metric['id'], name: Metric['name'], f1Of: (output: string[], reference: string[]) => number): Metric {
  return {
    id,
    name,
    signature: 'f1|stemmer:porter-nltk|version:0.1.2',
    size: 2,
    isOfOne: true,
    counts: (output, reference) => [f1Of(rougeTokens(output), rougeTokens(reference)), 1],
    score: (sums) => (sums[1] ? (100 * (sums[0] ?? 0)) / sums[1] : 0),
  };
}

function rougeTokens(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.map((word) => (word.length > 3 ? porterStem(word) : word));
}

function shared(output: readonly string[], reference: readonly string[], n: number): number {
  const inReference = ngrams(reference, n);
  let inBoth = 0;
  for (const [ngram, count] of ngrams(output, n)) inBoth += Math.min(count, inReference.get(ngram) ?? 0);
  return f1(inBoth, output.length - n + 1, reference.length - n + 1);
}

function f1(inBoth: number, inOutput: number, inReference: number): number {
  const precision = inBoth / Math.max(inOutput, 1);
  const recall = inBoth / Math.max(inReference, 1);
  return inBoth === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1);
  let row = new Uint32Array(b.length + 1);
  for (const word of a) {
    b.forEach((other, j) => (row[j + 1] = word === other ? (above[j] ?? 0) + 1 : Math.max(above[j + 1] ?? 0, row[j] ?? 0)));
    [above, row] = [row, above];
  }
  return above[b.length] ?? 0;
}
