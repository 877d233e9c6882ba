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

/** A process loads what it needs when it is needed; what it takes is its level after so long. */
const WARM_UP_MINUTES = 3;

/** Of the last two thirds of a walk, and of processes that are warm. */
export function settledSamples(samples: readonly MemorySample[], lastMinute: number): MemorySample[] {
  const began = new Map<number, number>();
  for (const { pid, minutes } of samples) began.set(pid, Math.min(minutes, began.get(pid) ?? minutes));
  return samples.filter(({ pid, minutes }) => minutes >= lastMinute / 3 && minutes >= (began.get(pid) ?? 0) + WARM_UP_MINUTES);
}
