/** chrF2 as sacreBLEU computes it: character n-grams up to 6 without spaces, recall weighed twice, no words. */
import { PYTHON_SPACE, type Metric } from './metric';
import { ngrams } from './ngrams';

const LONGEST = 6;
const BETA = 2;

/** Counts of each order: n-grams of the output, of the reference, of both. */
export const chrf: Metric = {
  id: 'chrf',
  name: 'chrF',
  signature: 'nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0',
  size: 3 * LONGEST,
  isOfOne: true,

  counts(output, reference) {
    const ours = Array.from(output.replace(PYTHON_SPACE, ''));
    const theirs = Array.from(reference.replace(PYTHON_SPACE, ''));
    return Array.from({ length: LONGEST }, (_, i) => i + 1).flatMap((n) => {
      const inOutput = ngrams(ours, n);
      const inReference = ngrams(theirs, n);
      let inBoth = 0;
      for (const [ngram, count] of inOutput) inBoth += Math.min(count, inReference.get(ngram) ?? 0);
      // What the reference is too short to have is not held against the output.
      return [inReference.size > 0 ? sizeAt(ours, n) : 0, sizeAt(theirs, n), inBoth];
    });
  },

  score(sums) {
    let precision = 0;
    let recall = 0;
    let orders = 0;
    for (let i = 0; i < 3 * LONGEST; i += 3) {
      const [inOutput = 0, inReference = 0, inBoth = 0] = [sums[i], sums[i + 1], sums[i + 2]];
      if (inOutput === 0 || inReference === 0) continue;
      precision += inBoth / inOutput;
      recall += inBoth / inReference;
      orders++;
    }
    if (orders === 0 || precision + recall === 0) return 0;
    const [p, r] = [precision / orders, recall / orders];
    return (100 * (1 + BETA ** 2) * p * r) / (BETA ** 2 * p + r);
  },
};

const sizeAt = (characters: readonly string[], n: number) => Math.max(0, characters.length - n + 1);
