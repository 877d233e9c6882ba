/** A score of a corpus that follows from counts added up over its lines: lines can be resampled without counting again. */
export interface Metric {
  /** In exported files. */
  readonly id: 'bleu' | 'chrf' | 'rouge1' | 'rouge2' | 'rougeL';
  readonly name: 'BLEU' | 'chrF' | 'ROUGE-1' | 'ROUGE-2' | 'ROUGE-L';
  /** How it is computed, and of which version of sacreBLEU or rouge-score it is: the one that the tests hold it against. */
  readonly signature: string;
  /** How many numbers `counts` gives. */
  readonly size: number;
  /** Whether the score of a single text says something. */
  readonly isOfOne: boolean;
  counts(output: string, reference: string): number[];
  /** 0 to 100, of `size` sums. */
  score(sums: ArrayLike<number>): number;
}

export interface ScoredLine {
  output: string;
  reference: string;
}

/** 0 to 100. */
export function corpusScore(metric: Metric, lines: readonly ScoredLine[]): number {
  const counts = lines.map(({ output, reference }) => metric.counts(output, reference));
  return metric.score(sumsOf(metric, counts));
}

/** Of the counts of lines. */
export function sumsOf({ size }: Metric, counts: readonly (readonly number[])[]): Float64Array {
  const sums = new Float64Array(size);
  for (const line of counts) line.forEach((count, i) => (sums[i] = (sums[i] ?? 0) + count));
  return sums;
}

/** What Python's `str.split()` splits at: not all that JavaScript calls white space, and some that it does not. */
export const PYTHON_SPACE = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
