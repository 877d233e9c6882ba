import { describe, expect, it } from 'vitest';
import type { Delta } from '../../../../src/shared/inference/delta';
import type { Ending } from '../../../../src/main/inference/decode/decoder';
import { hasLoop, loopStart, stopAtLoop } from '../../../../src/main/inference/decode/loop-detection';

const repeat = (pattern: number[], times: number) => Array.from({ length: times }, () => pattern).flat();

describe('loopStart', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('finds a pattern of %i tokens and keeps it once', (period) => {
    const pattern = Array.from({ length: period }, (_, i) => 10 + i);
    const ids = [5, 6, 7, ...repeat(pattern, Math.max(4, Math.ceil(12 / period)))];
    expect(loopStart(ids)).toBe(3 + period);
  });

  it('lets ordinary repetition pass', () => {
    expect(loopStart(repeat([7], 11))).toBeNull();
    expect(loopStart(repeat([7, 8], 5))).toBeNull();
    expect(loopStart(repeat([1, 2, 3, 4, 5, 6], 3))).toBeNull();
    expect(loopStart(Array.from({ length: 200 }, (_, i) => (i * i) % 83))).toBeNull();
    expect(loopStart([])).toBeNull();
  });
});

describe('hasLoop', () => {
  it('finds one in the middle', () => {
    expect(hasLoop([1, 2, 3, ...repeat([4, 5, 6], 4), 7, 8])).toBe(true);
    expect(hasLoop([1, 2, 3, 4, 5, 6, 7, 8])).toBe(false);
  });
});

describe('stopAtLoop', () => {
  async function* script(ids: readonly number[]): AsyncGenerator<Delta<number[]>, Ending, undefined> {
    for (const [keep, id] of ids.entries()) yield await Promise.resolve({ keep, append: [id] });
    return 'stop';
  }
  async function run(ids: readonly number[], source: readonly number[]) {
    const written: number[] = [];
    const deltas = stopAtLoop(script(ids), source);
    for (;;) {
      const step = await deltas.next();
      if (step.done) return { written, ending: step.value };
      written.splice(step.value.keep, Infinity, ...step.value.append);
    }
  }

  it('cuts a loop', async () => {
    expect(await run([1, 2, ...repeat([3, 4, 5], 40)], [9, 8, 7])).toEqual({ written: [1, 2, 3, 4, 5], ending: 'loop' });
  });

  it('lets through what repeats in the source as well, and what does not loop', async () => {
    const ids = repeat([3, 4, 5], 6);
    expect(await run(ids, repeat([7, 8], 8))).toEqual({ written: ids, ending: 'stop' });
    expect(await run([1, 2, 3], [1])).toEqual({ written: [1, 2, 3], ending: 'stop' });
  });
});
