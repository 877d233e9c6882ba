import { describe, expect, it } from 'vitest';
import { beginGeneration, type Generation } from '../../../src/renderer/generation';
import { EMPTY_TEXT, growText } from '../../../src/renderer/growing-text';
import { announceNext, NOTHING_SPOKEN } from '../../../src/renderer/translate/announcements';
import { findProblem } from '../../../src/renderer/translate/problem';

function generation(text: string, change: Partial<Generation> = {}): Generation {
  const begun = beginGeneration({
    packId: 'tiny',
    task: { kind: 'translate', from: 'en', to: 'de' },
    lane: 'hybrid',
    decoding: { kind: 'greedy' },
    priority: 'interactive',
    text: 'source',
  });
  return { ...begun, phase: 'working', output: growText(EMPTY_TEXT, 0, text), ...change };
}

/** What is said over several states. */
function heard(...states: Generation[]): string[] {
  let spoken = NOTHING_SPOKEN;
  return states.flatMap((state) => {
    const next = announceNext(spoken, state);
    spoken = next.spoken;
    return next.say === null ? [] : [next.say];
  });
}

describe('announceNext', () => {
  it('says whole sentences, each once', () => {
    expect(
      heard(
        generation('Guten'),
        generation('Guten Morgen.'),
        generation('Guten Morgen. Wie'),
        generation('Guten Morgen. Wie geht'),
        generation('Guten Morgen. Wie geht es?', { phase: 'done' }),
      ),
    ).toEqual(['Guten Morgen.', 'Wie geht es?']);
  });

  it('does not repeat the beginning when live translation starts again', () => {
    expect(
      heard(
        generation('Guten Morgen.', { phase: 'done' }),
        generation('Guten'),
        generation('Guten Morgen. Wie geht'),
        generation('Guten Morgen. Wie geht es?', { phase: 'done' }),
      ),
    ).toEqual(['Guten Morgen.', 'Wie geht es?']);
  });

  it('tells long text by progress', () => {
    const long = 'Ein Satz. '.repeat(1000);
    const at = (segment: number, change: Partial<Generation> = {}) => generation(long, { segments: 8, segment, ...change });
    expect(heard(at(0), at(1), at(2), at(3), at(7), at(7, { phase: 'done' }))).toEqual([
      '25 percent translated.',
      '75 percent translated.',
      'Translation finished.',
    ]);
  });

  it('says how it ended', () => {
    expect(heard(generation('Gu', { phase: 'cancelled' }))).toEqual(['Cancelled. The text so far is kept.']);
    expect(heard(generation('', { phase: 'failed', error: { code: 'internal', message: 'It broke.' } }))).toEqual(['It broke.']);
  });
});

describe('findProblem', () => {
  it('names every damaged pack and what mends it', () => {
    const problem = findProblem(
      { kind: 'no-pack' },
      [{ state: 'damaged', folder: '/packs/small', bundled: true, problem: 'encoder.onnx is missing' }],
      null,
    );
    expect(problem?.message).toBe('small: encoder.onnx is missing');
    expect(problem?.remedies).toEqual(['rescan', 'open-packs']);
  });

  it('puts a stopped engine before a failed text', () => {
    const failed = generation('', { phase: 'failed', error: { code: 'internal', message: 'gone' } });
    expect(findProblem({ kind: 'stopped', reason: 'died five times' }, [], failed)).toMatchObject({
      message: 'died five times',
      remedies: ['restart'],
    });
    expect(findProblem({ kind: 'ready' }, [], failed)).toMatchObject({ message: 'gone', remedies: ['translate', 'restart'] });
    expect(findProblem({ kind: 'ready' }, [], generation('Gut'))).toBeNull();
  });
});
