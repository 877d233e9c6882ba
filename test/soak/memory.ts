/**
 * Memory over time. A process that was started again has a level of its own, so its samples are held against each other only: the slope is
 * the one that all of them share.
 */
export interface MemorySample {
  readonly minutes: number;
  /** Which process it is of. */
  readonly pid: number;
  readonly megabytes: number;
}

/** Megabytes a minute, by least squares with a level for each process; null where no process has two samples at different times. */
export function sharedSlope(samples: readonly MemorySample[]): number | null {
  let products = 0;
  let squares = 0;
  for (const pid of new Set(samples.map((sample) => sample.pid))) {
    const own = samples.filter((sample) => sample.pid === pid);
    const mean = (of: (sample: MemorySample) => number) => own.reduce((sum, sample) => sum + of(sample), 0) / own.length;
    const [meanMinutes, meanMegabytes] = [mean(({ minutes }) => minutes), mean(({ megabytes }) => megabytes)];
    for (const { minutes, megabytes } of own) {
      products += (minutes - meanMinutes) * (megabytes - meanMegabytes);
      squares += (minutes - meanMinutes) ** 2;
    }
  }
  return squares === 0 ? null : products / squares;
}

/** The last two thirds: what comes before is the app warming up. */
export function settledSamples(samples: readonly MemorySample[], lastMinute: number): MemorySample[] {
  return samples.filter(({ minutes }) => minutes >= lastMinute / 3);
}
