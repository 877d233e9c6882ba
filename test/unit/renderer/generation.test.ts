import { describe, expect, it } from 'vitest';
import { beginGeneration, isRunning, reduceGeneration, type Generation } from '../../../src/renderer/generation';
import { wholeText } from '../../../src/renderer/growing-text';
import { type GenerateEvent } from '../../../src/shared/inference-client';
import { delta, done, INPUT, timings } from './scripted-engine';

function fold(...events: object[]): Generation {
  return (events as GenerateEvent[]).reduce(reduceGeneration, beginGeneration(INPUT));
}

const STARTED = { kind: 'started', id: 0, segments: 2 };

describe('reduceGeneration', () => {
  it('waits until work begins', () => {
    expect(fold()).toMatchObject({ phase: 'waiting', segments: null });
    expect(isRunning(fold())).toBe(true);
    expect(fold(STARTED)).toMatchObject({ phase: 'working', segments: 2, segment: 0, stage: null });
  });

  it('follows stages, text, tokens and times', () => {
    const state = fold(
      STARTED,
      { kind: 'stage', id: 0, stage: 'encode', segment: 1, timings: timings({ tokenizeMs: 2, totalMs: 2 }) },
      delta(0, 0, 'Guten', 1),
      {
        kind: 'delta',
        id: 0,
        keep: 5,
        append: ' Morgen',
        tokens: 2,
        timings: timings({ tokenizeMs: 2, decodeMs: 9, totalMs: 20, firstTokenMs: 15 }),
      },
    );
    expect(state).toMatchObject({ phase: 'working', stage: 'encode', segment: 1, tokens: 2, revisions: 0 });
    expect(state.timings.firstTokenMs).toBe(15);
    expect(wholeText(state.output)).toBe('Guten Morgen');
  });

  it('replays any deltas to the text they describe, and remembers where text was taken back', () => {
    const state = fold(STARTED, delta(0, 0, 'Gute Nacht'), delta(0, 5, 'r Tag'), delta(0, 0, 'Guten Morgen'), delta(0, 12, '.'));
    expect(wholeText(state.output)).toBe('Guten Morgen.');
    expect(state).toMatchObject({ revisions: 2, revisedFrom: 0 });
  });

  it('ends once: done, cancelled or failed', () => {
    const finished = fold(STARTED, delta(0, 0, 'Guten'), done(0, { flagged: [{ reason: 'loop', start: 0, end: 5 }], reusedEncodings: 1 }));
    expect(finished).toMatchObject({ phase: 'done', stage: null, reusedEncodings: 1, flagged: [{ reason: 'loop' }] });
    const error = { code: 'process-died', message: 'gone' };
    expect(reduceGeneration(finished, { kind: 'failed', id: 0, error } as GenerateEvent)).toBe(finished);
    expect(reduceGeneration(finished, delta(0, 0, 'late') as GenerateEvent)).toBe(finished);

    const cancelled = fold(STARTED, delta(0, 0, 'Guten'), done(0, { finish: 'cancelled' }));
    expect(cancelled.phase).toBe('cancelled');
    expect(wholeText(cancelled.output)).toBe('Guten');

    const failed = fold(STARTED, delta(0, 0, 'Guten'), { kind: 'failed', id: 0, error });
    expect(failed).toMatchObject({ phase: 'failed', error });
    expect(wholeText(failed.output)).toBe('Guten');
  });
});
