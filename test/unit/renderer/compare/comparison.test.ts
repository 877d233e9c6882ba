import { describe, expect, it } from 'vitest';
import {
  describeSame,
  describeSpeed,
  fairRuns,
  roundOrder,
  sharedEncode,
  sparedBy,
  summarize,
} from '../../../../src/renderer/compare/comparison';
import { timings } from '../scripted-engine';
import { laneRun, ROUND } from './runs';

describe('roundOrder', () => {
  it('lets every lane be first equally often, and begins with the reference', () => {
    const lanes = ['llm', 'hybrid', 'slm'] as const;
    expect(roundOrder(lanes, 0)).toEqual(lanes);
    expect([1, 2, 3, 4].map((round) => roundOrder(lanes, round))).toEqual([
      ['llm', 'hybrid', 'slm'],
      ['hybrid', 'slm', 'llm'],
      ['slm', 'llm', 'hybrid'],
      ['llm', 'hybrid', 'slm'],
    ]);
  });
});

describe('fairRuns', () => {
  it('counts the one encoding of the round for whoever uses it', () => {
    const [llm, hybrid] = fairRuns(ROUND);
    expect(llm).toMatchObject({ encodeMs: 40, ownMs: 260, totalMs: 300, firstTokenMs: 60 });
    expect(hybrid).toMatchObject({ encodeMs: 40, ownMs: 60, totalMs: 100, firstTokenMs: 55 });
  });

  it('gives the same, whichever lane reads', () => {
    const [llm, hybrid] = ROUND;
    if (llm === undefined || hybrid === undefined) throw new Error('a round has two runs');
    const turned = fairRuns([
      {
        ...hybrid,
        reusedEncodings: 0,
        repaired: 0,
        firstEncodeMs: 40,
        timings: timings({ ...hybrid.timings, encodeMs: 40, totalMs: 100, firstTokenMs: 55 }),
      },
      { ...llm, reusedEncodings: 1, firstEncodeMs: 0, timings: timings({ ...llm.timings, encodeMs: 0, totalMs: 260, firstTokenMs: 20 }) },
    ]);
    expect(turned.map(({ totalMs, firstTokenMs }) => [totalMs, firstTokenMs])).toEqual([
      [100, 55],
      [300, 60],
    ]);
  });

  it('charges no encoding to a lane that does not read with the large encoder, nor one of another round', () => {
    const slm = laneRun({ lane: 'slm', timings: timings({ decodeMs: 30, totalMs: 35 }), firstEncodeMs: 0 });
    const later = laneRun({ lane: 'hybrid', round: 2, reusedEncodings: 1, timings: timings({ totalMs: 60 }), firstEncodeMs: 0 });
    expect(fairRuns([...ROUND, slm, later]).map(({ totalMs }) => totalMs)).toEqual([300, 100, 35, 60]);
  });

  it('counts an encoding once where a long text had to be read twice', () => {
    const again = laneRun({ lane: 'hybrid', timings: timings({ encodeMs: 44, totalMs: 100 }), firstEncodeMs: 4 });
    expect(fairRuns([laneRun(), again]).map(({ totalMs }) => totalMs)).toEqual([304, 100]);
  });

  it('knows what reuse spared, and whom', () => {
    expect(fairRuns(ROUND).map(sparedBy)).toEqual([null, 40]);
  });
});

describe('summarize', () => {
  it('holds every lane against the first', () => {
    const [llm, hybrid] = summarize(['llm', 'hybrid'], ROUND);
    expect(llm).toMatchObject({ faster: null, sparedMs: null, readsEncoding: true, tokens: 10 });
    expect(llm?.tokensPerSecond?.median).toBe(50);
    expect(hybrid).toMatchObject({ faster: { whole: 3, perToken: 4 }, sparedMs: 40, sparedRounds: 1, rounds: 1 });
    expect(hybrid?.own).toEqual(timings({ projectMs: 5, decodeMs: 50, totalMs: 60 }));
  });

  it('leaves the warm-up out', () => {
    const cold = ROUND.map((run) => ({ ...run, round: 0, timings: timings({ encodeMs: 4_000, totalMs: 9_000 }) }));
    expect(summarize(['llm', 'hybrid'], [...cold, ...ROUND])).toEqual(summarize(['llm', 'hybrid'], ROUND));
    expect(sharedEncode([...cold, ...ROUND])?.median).toBe(40);
    expect(summarize(['llm', 'hybrid'], cold)).toEqual([]);
    expect(sharedEncode(cold)).toBeNull();
  });

  it('takes medians over rounds, and tells texts that vary', () => {
    const rounds = [300, 320, 900].map((totalMs, index) =>
      laneRun({
        round: index + 1,
        text: index === 2 ? 'Morgen.' : 'Guten Morgen.',
        timings: timings({ encodeMs: 40, decodeMs: 200, totalMs }),
      }),
    );
    const [llm] = summarize(['llm', 'hybrid'], rounds);
    expect(llm).toMatchObject({
      rounds: 3,
      texts: 2,
      total: { median: 320, min: 300, max: 900 },
      own: { totalMs: 280, decodeMs: 200, encodeMs: 0 },
    });
  });

  it('compares nothing with a reference that failed', () => {
    const [hybrid] = summarize(['llm', 'hybrid'], ROUND.slice(1));
    expect(hybrid).toMatchObject({ lane: 'hybrid', faster: null });
  });
});

describe('words', () => {
  it.each([
    [3.44, '3.4x faster'],
    [12.4, '12x faster'],
    [1.02, 'as fast'],
    [0.5, '2.0x slower'],
  ])('%d times as fast is "%s"', (ratio, words) => {
    expect(describeSpeed(ratio)).toBe(words);
  });

  it.each([
    [1, 'every word the same'],
    [0.9996, '99 % of words the same'],
    [0.874, '87 % of words the same'],
    [0, '0 % of words the same'],
  ])('a share of %d is "%s"', (sameShare, words) => {
    expect(describeSame({ lines: [], sameShare })).toBe(words);
  });
});
