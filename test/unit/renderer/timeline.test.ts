import { describe, expect, it } from 'vitest';
import { beginGeneration, reduceGeneration } from '../../../src/renderer/generation';
import {
  compareLanes,
  describeComparison,
  formatMs,
  hasOther,
  remember,
  scaleFor,
  stageSpans,
  timingsNow,
  tokensPerSecond,
  type Measurement,
} from '../../../src/renderer/translate/timeline';
import { type GenerateEvent, type GenerateInput } from '../../../src/shared/inference-client';
import type { StageTimings } from '../../../src/shared/inference/timings';
import { done, INPUT, timings } from './scripted-engine';

function input(change: Partial<GenerateInput> = {}): GenerateInput {
  return { ...INPUT, ...change };
}

function finished(work: GenerateInput, times: StageTimings) {
  return reduceGeneration(beginGeneration(work), done(0, { timings: times }) as GenerateEvent);
}

describe('scaleFor', () => {
  it.each([
    [0, 10],
    [9, 10],
    [10, 10],
    [10.1, 15],
    [98, 100],
    [101, 150],
    [312, 400],
    [1000, 1000],
    [1001, 1500],
    [61_000, 80_000],
  ])('%d ms fits into %d ms', (ms, scale) => {
    expect(scaleFor(ms)).toBe(scale);
  });

  it('is never smaller than what it must hold, and holds it over half full', () => {
    for (let ms = 11; ms < 1e6; ms *= 1.07) {
      expect(scaleFor(ms)).toBeGreaterThanOrEqual(ms);
      expect(ms / scaleFor(ms)).toBeGreaterThan(0.6);
    }
  });
});

describe('timings', () => {
  it('gives the stages in the order they run', () => {
    expect(stageSpans(timings({ encodeMs: 31, decodeMs: 50 })).map(({ stage, ms }) => `${stage} ${ms}`)).toEqual([
      'tokenize 0',
      'encode 31',
      'project 0',
      'prefill 0',
      'decode 50',
      'detokenize 0',
    ]);
  });

  it('grow between events, in the running stage and in the total', () => {
    const known = timings({ tokenizeMs: 1, encodeMs: 4, totalMs: 6 });
    expect(timingsNow(known, 'encode', 10)).toEqual({ ...known, encodeMs: 14, totalMs: 16 });
    expect(timingsNow(known, null, 10)).toBe(known);
    expect(timingsNow(known, 'encode', -1)).toBe(known);
  });

  it('give tokens a second from decode time alone', () => {
    expect(tokensPerSecond(41, timings({ decodeMs: 50, totalMs: 98 }))).toBe(820);
    expect(tokensPerSecond(0, timings({ decodeMs: 50 }))).toBeNull();
    expect(tokensPerSecond(4, timings())).toBeNull();
  });

  it.each([
    [0, '0 ms'],
    [0.04, '0.0 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [98.4, '98 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [12_340, '12.3 s'],
    [59_960, '1 min 00 s'],
    [125_400, '2 min 05 s'],
  ])('%d ms reads "%s"', (ms, words) => {
    expect(formatMs(ms)).toBe(words);
  });
});

describe('compareLanes', () => {
  const llm: Measurement = { input: input({ lane: 'llm' }), timings: timings({ encodeMs: 40, decodeMs: 260, totalMs: 300 }) };

  it('compares with the LLM once both were measured for this very text', () => {
    const mine = finished(input(), timings({ encodeMs: 40, decodeMs: 60, totalMs: 100 }));
    expect(compareLanes(mine, [])).toBeNull();
    const comparison = compareLanes(mine, [llm]);
    expect(comparison).toEqual({ lane: 'llm', ms: 300, ratio: 3 });
    expect(comparison && describeComparison(comparison)).toBe('3.0x faster than LLM here');
  });

  it('counts the encoding the same for both where one of them reused it', () => {
    const reused = finished(input(), timings({ encodeMs: 0, decodeMs: 65, totalMs: 65 }));
    expect(compareLanes(reused, [llm])).toEqual({ lane: 'llm', ms: 260, ratio: 4 });
  });

  it.each([
    ['another text', { text: 'Good evening.' }],
    ['another language', { task: { kind: 'translate', from: 'en', to: 'fr' } }],
    ['another pack', { packId: 'other' }],
    ['another decoding', { decoding: { kind: 'beam', width: 4 } }],
  ] as const)('says nothing of %s', (_what, change) => {
    expect(compareLanes(finished(input(change), timings({ totalMs: 100 })), [llm])).toBeNull();
  });

  it('knows the LLM time, but no ratio, before this run is finished', () => {
    expect(compareLanes(beginGeneration(input()), [llm])).toEqual({ lane: 'llm', ms: 260, ratio: null });
  });

  it('does not boast', () => {
    expect(describeComparison({ lane: 'llm', ms: 101, ratio: 1.01 })).toBe('As fast as LLM here');
    expect(describeComparison({ lane: 'llm', ms: 50, ratio: 0.5 })).toBe('2.0x slower than LLM here');
    expect(describeComparison({ lane: 'hybrid', ms: 98, ratio: 0.25 })).toBe('Hybrid took 98 ms here: 4.0x faster');
  });
});

describe('remember', () => {
  it('keeps the newest of each input and lane, and not too many', () => {
    const first: Measurement = { input: input(), timings: timings({ totalMs: 1 }) };
    const again: Measurement = { input: input(), timings: timings({ totalMs: 2 }) };
    const llm: Measurement = { input: input({ lane: 'llm' }), timings: timings({ totalMs: 3 }) };
    expect(remember(remember(remember([], first), llm), again)).toEqual([again, llm]);
    let kept: readonly Measurement[] = [];
    for (let index = 0; index < 100; index++) kept = remember(kept, { input: input({ text: String(index) }), timings: timings() });
    expect(kept.length).toBeLessThan(50);
    expect(kept[0]?.input.text).toBe('99');
  });
});

describe('hasOther', () => {
  it('names the grey of a bar where it can be seen', () => {
    expect(hasOther(timings({ decodeMs: 60, totalMs: 100 }))).toBe(true);
    expect(hasOther(timings({ decodeMs: 98, totalMs: 100 }))).toBe(false);
    expect(hasOther(timings())).toBe(false);
  });
});
