/** BLEU as sacreBLEU computes it: words of mteval's tokenizer 13a, n-grams up to 4, exponential smoothing, brevity penalty. */
import { PYTHON_SPACE, type Metric } from './metric';
import { ngrams } from './ngrams';

const LONGEST = 4;

/** Words of the output and of the reference; then of each order the n-grams of the output that the reference has, and all of them. */
export const bleu: Metric = {
  id: 'bleu',
  name: 'BLEU',
  signature: 'nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0',
  size: 2 + 2 * LONGEST,
  isOfOne: false,

  counts(output, reference) {
    const ours = tokenize13a(output);
    const theirs = tokenize13a(reference);
    const correct: number[] = [];
    const total: number[] = [];
    for (let n = 1; n <= LONGEST; n++) {
      const inReference = ngrams(theirs, n);
      let inBoth = 0;
      for (const [ngram, count] of ngrams(ours, n)) inBoth += Math.min(count, inReference.get(ngram) ?? 0);
      correct.push(inBoth);
      total.push(Math.max(0, ours.length - n + 1));
    }
    return [ours.length, theirs.length, ...correct, ...total];
  },

  score(sums) {
    const [outputLength = 0, referenceLength = 0] = [sums[0], sums[1]];
    const correct = Array.from({ length: LONGEST }, (_, i) => sums[2 + i] ?? 0);
    if (correct.every((count) => count === 0)) return 0;
    let logSum = 0;
    let smoothing = 1;
    for (const [i, count] of correct.entries()) {
      const total = sums[2 + LONGEST + i] ?? 0;
      // No n-gram of this order at all: nothing to smooth.
      if (total === 0) return 0;
      if (count === 0) smoothing *= 2;
      logSum += Math.log(count === 0 ? 1 / (smoothing * total) : count / total);
    }
    const brevity = outputLength < referenceLength ? Math.exp(1 - referenceLength / outputLength) : 1;
    return 100 * brevity * Math.exp(logSum / LONGEST);
  },
};

/** mteval-v13a's tokens, for Western languages. */
export function tokenize13a(line: string): string[] {
  let text = line.slice(0, line.length - trailingSpace(line));
  text = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
  text = text.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  text = ` ${text} `
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    // Full stops and commas unless between digits, a dash behind a digit.
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
  return text.split(PYTHON_SPACE).filter((word) => word !== '');
}

/** UTF-16 code units of white space at the end. */
function trailingSpace(line: string): number {
  const last = [...line.matchAll(PYTHON_SPACE)].at(-1);
  return last !== undefined && last.index + last[0].length === line.length ? last[0].length : 0;
}
