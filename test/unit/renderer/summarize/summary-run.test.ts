import { describe, expect, it } from 'vitest';
import { beginSummary, reduceSummary, type SummaryRun } from '../../../../src/renderer/summarize/summary-run';
import { sentenceMarks } from '../../../../src/renderer/summarize/marks';
import type { Summary } from '../../../../src/shared/inference/summary';
import { type SummarizeEvent, type SummarizeInput } from '../../../../src/shared/inference-client';
import { timings } from '../scripted-engine';

const INPUT: SummarizeInput = { packId: 'p', lane: 'llm', length: 'short', form: 'paragraph', text: 'A long text. Another sentence.' };

const run = (events: readonly SummarizeEvent[]): SummaryRun => events.reduce(reduceSummary, beginSummary(INPUT));

const BEGUN: SummarizeEvent[] = [
  { kind: 'started', id: 0, segments: 3 },
  {
    kind: 'plan',
    id: 0,
    parts: [
      { start: 0, end: 12 },
      { start: 13, end: 30 },
    ],
  },
];

const stage = (segment: number, name: 'encode' | 'decode', fraction?: number): SummarizeEvent => ({
  kind: 'stage',
  id: 0,
  stage: name,
  segment,
  ...(fraction !== undefined && { fraction }),
  timings: timings({}),
});

const delta = (keep: number, append: string): SummarizeEvent => ({ kind: 'delta', id: 0, keep, append, tokens: 1, timings: timings({}) });

describe('a summary in parts', () => {
  it('shows each step anew and keeps what was written for the parts', () => {
    const first = run([
      ...BEGUN,
      stage(0, 'decode'),
      delta(0, 'One'),
      delta(3, ' two'),
      { kind: 'part', id: 0, index: 0, text: 'One two' },
    ]);
    expect(first.output).toBe('One two');
    expect(first.partTexts).toEqual(['One two']);
    const second = [stage(1, 'encode', 0.5)].reduce(reduceSummary, first);
    expect(second.output).toBe('');
    expect(second.fraction).toBe(0.5);
    expect(second.partTexts).toEqual(['One two']);
  });

  it('keeps how much is done where an event does not tell', () => {
    const told = run([...BEGUN, { ...stage(0, 'encode', 0.5), done: 0.2 } as SummarizeEvent, delta(0, 'One')]);
    expect(told.done).toBe(0.2);
    expect(reduceSummary(told, { ...delta(3, ' two'), done: 0.4 } as SummarizeEvent).done).toBe(0.4);
  });

  it('takes no event after its end', () => {
    const failed = run([...BEGUN, { kind: 'failed', id: 0, error: { code: 'unfit-text', message: 'Too short.' } }]);
    expect(reduceSummary(failed, delta(0, 'late'))).toBe(failed);
    expect(failed.error?.message).toBe('Too short.');
  });
});

describe('marks of a summary', () => {
  it('hold every character once, and say what is copied and what is unknown', () => {
    const text = 'Anna paid 12 euros. Bob left.';
    const summary: Pick<Summary, 'sentences' | 'copied'> = {
      sentences: [
        {
          start: 0,
          end: 19,
          sources: [{ start: 0, end: 5, score: 0.9 }],
          unknown: [{ start: 10, end: 12, kind: 'number' }],
          isTaken: false,
        },
        { start: 20, end: 29, sources: [], unknown: [], isTaken: false },
      ],
      copied: [{ start: 5, end: 19 }],
    };
    const marks = sentenceMarks(text, summary, 'paragraph');
    expect(marks.flatMap(({ stretches }) => stretches.map((stretch) => stretch.text)).join('')).toBe(text);
    expect(marks.map(({ isSupported }) => isSupported)).toEqual([true, false]);
    expect(marks[0]?.stretches.filter(({ unknown }) => unknown !== null)).toEqual([{ text: '12', unknown: 'number', isCopied: true }]);
    const points = sentenceMarks(text, summary, 'bullets');
    expect(points.map(({ stretches }) => stretches.map((stretch) => stretch.text).join(''))).toEqual(['Anna paid 12 euros.', 'Bob left.']);
    expect(marks[1]?.stretches).toEqual([{ text: 'Bob left.', unknown: null, isCopied: false }]);
  });
});
