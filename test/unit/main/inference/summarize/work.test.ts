import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../../../src/main/inference/summarize/plan';
import { stepsOfParts, SummaryWork, type Rates } from '../../../../../src/main/inference/summarize/work';

const RATES: Rates = { readMs: 1, writeMs: 10, fill: 0.5 };
/** Reading takes 1,000 ms, writing 500. */
const STEP = { length: 1000, mostTokens: 100 };

function workOf(steps: number, rates: Rates = { ...RATES }): SummaryWork {
  const work = new SummaryWork(rates);
  work.plan(Array.from({ length: steps }, () => STEP));
  return work;
}

describe('SummaryWork', () => {
  it('counts a step as the time that its reading and writing take', () => {
    const work = workOf(2);
    expect(work.share({ encodeMs: 0, decodeMs: 0 })).toBe(0);
    work.begin(1000);
    work.read(0.5);
    expect(work.share({ encodeMs: 500, decodeMs: 0 })).toBeCloseTo(500 / 3000);
    work.read(1);
    work.write(25);
    expect(work.share({ encodeMs: 1000, decodeMs: 250 })).toBeCloseTo(1250 / 3000);
    work.write(50);
    work.end();
    work.begin(1000);
    expect(work.share({ encodeMs: 1000, decodeMs: 500 })).toBeCloseTo(0.5);
    work.read(1);
    work.write(50);
    work.end();
    expect(work.share({ encodeMs: 2000, decodeMs: 1000 })).toBe(1);
  });

  it('goes by what is measured, and leaves it to the next summary', () => {
    const rates = { ...RATES };
    const work = workOf(2, rates);
    work.begin(1000);
    work.read(1);
    work.write(20);
    work.end();
    // Reading was four times as quick as before, writing as quick, and less was written.
    expect(work.share({ encodeMs: 250, decodeMs: 200 })).toBeCloseTo(0.5);
    expect(rates).toEqual({ readMs: 0.25, writeMs: 10, fill: 0.2 });
  });

  it('takes what is known to be done at once: another length of a text waits for its writing only', () => {
    const work = workOf(3);
    for (let part = 0; part < 2; part++) {
      work.begin(1000);
      work.know();
    }
    work.begin(1000);
    work.knowReading();
    expect(work.share({ encodeMs: 0, decodeMs: 0 })).toBe(0);
    work.write(25);
    expect(work.share({ encodeMs: 0, decodeMs: 250 })).toBeCloseTo(0.5);
  });

  it('never goes back when the rest turns out to be longer', () => {
    const work = workOf(2);
    work.begin(1000);
    work.read(1);
    const before = work.share({ encodeMs: 100, decodeMs: 0 });
    work.write(100);
    expect(work.share({ encodeMs: 100, decodeMs: 5000 })).toBeGreaterThanOrEqual(before);
    work.end();
    work.begin(100_000);
    expect(work.share({ encodeMs: 100, decodeMs: 5000 })).toBeGreaterThanOrEqual(before);
  });
});

describe('stepsOfParts', () => {
  const tokens = { part: 100, last: 300 };

  it('are the parts and the joins of every round, the last with the tokens that were asked for', () => {
    const steps = stepsOfParts([900, 800, 700, 600, 500], 3, tokens, 600, RATES);
    expect(steps).toHaveLength(5 + 2 + 1);
    expect(steps.slice(0, 5).map(({ length }) => length)).toEqual([900, 800, 700, 600, 500]);
    expect(steps[5]).toEqual({ length: 2.5 * 200, mostTokens: 100 });
    expect(steps.at(-1)).toEqual({ length: 2 * 200 + 600, mostTokens: 300 });
  });

  it('are as many as are taken', () => {
    for (let parts = 2; parts < 60; parts++) {
      let steps = parts;
      for (let left = parts; left > 1; steps += left) left = groupsOf(Array(left).fill(0), 4).length;
      expect(stepsOfParts(Array<number>(parts).fill(900), 4, tokens, 600, RATES)).toHaveLength(steps);
    }
  });

  it('are one where there is one part', () => {
    expect(stepsOfParts([900], 3, tokens, 600, RATES)).toEqual([{ length: 900, mostTokens: 300 }]);
  });
});
