/** How sure a difference between two outputs of the same lines is: paired bootstrap resampling (Koehn 2004), the same lines for both. */
import type { Metric } from './metric';

/** Resamples that an interval is taken from. */
export const SAMPLES = 1000;
export const SEED = 12345;

export interface Interval {
  /** Score of `other` minus that of `baseline`, of all lines. */
  difference: number;
  /** Between these lies the difference in 95 % of the resamples. */
  low: number;
  high: number;
}

/** Counts of each line by `metric`, in the same order of lines. Yields now and then, that others may run. */
export function* pairedBootstrap(
  metric: Metric,
  baseline: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): Generator<null, Interval, undefined> {
  if (baseline.length !== other.length || baseline.length === 0) {
    throw new RangeError(`got ${baseline.length} and ${other.length} lines, expected as many of both and at least one`);
  }
  const [before, after] = [flat(baseline, metric.size), flat(other, metric.size)];
  const lines = baseline.length;
  const random = mulberry32(SEED);
  const differences: number[] = [];
  const sums = new Float64Array(2 * metric.size);
  const add = (line: number) => {
    for (let i = 0; i < metric.size; i++) {
      sums[i] = (sums[i] ?? 0) + (before[line * metric.size + i] ?? 0);
      sums[metric.size + i] = (sums[metric.size + i] ?? 0) + (after[line * metric.size + i] ?? 0);
    }
  };
  const difference = () => metric.score(sums.subarray(metric.size)) - metric.score(sums.subarray(0, metric.size));
  for (let sample = 0; sample < SAMPLES; sample++) {
    sums.fill(0);
    for (let drawn = 0; drawn < lines; drawn++) add(Math.floor(random() * lines));
    differences.push(difference());
    if (sample % 20 === 19) yield null;
  }
  sums.fill(0);
  for (let line = 0; line < lines; line++) add(line);
  differences.sort((a, b) => a - b);
  return { difference: difference(), low: quantile(differences, 0.025), high: quantile(differences, 0.975) };
}

function flat(counts: readonly (readonly number[])[], size: number): Float64Array {
  const all = new Float64Array(counts.length * size);
  counts.forEach((line, index) => all.set(line, index * size));
  return all;
}

function quantile(sorted: readonly number[], at: number): number {
  const position = at * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/** Numbers from 0 to 1, the same for the same seed on every machine. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
