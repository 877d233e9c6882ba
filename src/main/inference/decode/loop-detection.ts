/** Models that were trained little sometimes repeat themselves until the limit. These functions see it and stop. */
import type { Delta } from '../../../shared/inference/delta';
import type { Ending } from './decoder';

const LONGEST_PATTERN = 8;
/** A pattern must come this often in a row, and fill this many tokens: "ha ha ha" and "10,000,000" are no loops. */
const REPEATS = 4;
const LOOP_TOKENS = 12;

/** If `ids` ends in a loop: how many of them to keep, so that the pattern stands once. */
export function loopStart(ids: readonly number[]): number | null {
  for (let period = 1; period <= LONGEST_PATTERN; period++) {
    const needed = Math.max(REPEATS * period, LOOP_TOKENS);
    if (ids.length < needed) break;
    let repeated = period;
    while (repeated < ids.length && ids[ids.length - 1 - repeated] === ids[ids.length - 1 - repeated + period]) repeated++;
    if (repeated >= needed) return ids.length - repeated + period;
  }
  return null;
}

/** Whether there is a loop anywhere in `ids`. */
export function hasLoop(ids: readonly number[]): boolean {
  return ids.some((_, index) => loopStart(ids.slice(Math.max(0, index - LONGEST_PATTERN * REPEATS), index + 1)) !== null);
}

/** Ends a strategy that loops, and cuts the repetition. A source that repeats itself may be translated so. */
export async function* stopAtLoop(
  deltas: AsyncGenerator<Delta<number[]>, Ending, undefined>,
  sourceIds: readonly number[],
): AsyncGenerator<Delta<number[]>, Ending | 'loop', undefined> {
  const mayLoop = hasLoop(sourceIds);
  const ids: number[] = [];
  for (;;) {
    const step = await deltas.next();
    if (step.done) return step.value;
    ids.splice(step.value.keep, Infinity, ...step.value.append);
    yield step.value;
    const keep = mayLoop ? null : loopStart(ids);
    if (keep !== null) {
      yield { keep, append: [] };
      return 'loop';
    }
  }
}
