/** Where the middle of some measurements lies and how far they spread. Pure. */
export interface Spread {
  count: number;
  median: number;
  min: number;
  max: number;
  /** First and third quartile, by linear interpolation between the two nearest measurements. */
  q1: number;
  q3: number;
}

/** Null of nothing. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return null;
  return { count: sorted.length, median: quantile(sorted, 0.5), min, max, q1: quantile(sorted, 0.25), q3: quantile(sorted, 0.75) };
}

function quantile(sorted: readonly number[], at: number): number {
  const position = at * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
