import { describe, expect, it } from 'vitest';
import { formatPercent } from '../../../../src/renderer/i18n/i18n';
import { beginSummary, type SummaryRun } from '../../../../src/renderer/summarize/summary-run';
import { stepWords, verdictOf, workWords } from '../../../../src/renderer/summarize/verdict';

const TEXT = 'The bridge is open. It cost 94 million euros.';
const INPUT = { packId: 'p', lane: 'llm', length: 'short', form: 'paragraph', text: TEXT } as const;
const written = (start: number, end: number) => ({ start, end, sources: [{ start: 0, end: 19, score: 1 }], unknown: [], isTaken: false });
const taken = (start: number, end: number) => ({ start, end, sources: [{ start: 20, end: 45, score: 1 }], unknown: [], isTaken: true });

function done(sentences: NonNullable<SummaryRun['summary']>['sentences'], leftOut = { repeated: 0, unsupported: 0 }): SummaryRun {
  const summary = { sentences, copying: { drafted: 0, accepted: 0 }, copied: [], leftOut };
  return { ...beginSummary(INPUT), phase: 'done', output: TEXT, summary };
}

describe('verdictOf', () => {
  it.each<[string, SummaryRun, RegExp]>([
    ['all is written and rests on the text', done([written(0, 19)]), /^Every sentence rests on the text\./],
    ['all is the text’s own', done([taken(20, 45)]), /^In the text’s own words\.$/],
    [
      'all is the text’s own because what was written was wrong',
      done([taken(20, 45)], { repeated: 0, unsupported: 1 }),
      /did not rest on it\.$/,
    ],
    ['some of it is', done([written(0, 19), taken(20, 45)], { repeated: 0, unsupported: 1 }), /^1 sentence word for word from the text\.$/],
    [
      'something was left out',
      done([written(0, 19)], { repeated: 2, unsupported: 1 }),
      /^1 unsupported sentence left out\. 2 repetitions left out\.$/,
    ],
  ])('says that %s', (_, run, expected) => {
    expect(verdictOf(run, null)).toEqual({ words: expect.stringMatching(expected) as string, tone: 'plain' });
  });

  it('says that a text in another language was not rewritten', () => {
    const { summary, ...run } = done([taken(20, 45)]);
    if (summary === null) throw new Error('no summary');
    const { words } = verdictOf({ ...run, summary: { ...summary, foreignLanguage: 'de' } }, null);
    expect(words).toBe('This text is in German: these are its own sentences, nothing was rewritten.');
  });

  it('tells what the step does, and which of several it is', () => {
    const parts = [0, 10].map((start) => ({ start, end: start + 10 }));
    const reading: SummaryRun = {
      ...beginSummary(INPUT),
      phase: 'working',
      parts,
      segments: 3,
      segment: 1,
      stage: 'encode',
      fraction: 0.25,
    };
    expect([stepWords(reading), workWords(reading)]).toEqual([
      `Reading part 2 of 2, ${formatPercent(0.25)}`,
      `Reading, ${formatPercent(0.25)}`,
    ]);
    expect(stepWords({ ...reading, stage: 'decode', fraction: null })).toBe('Writing part 2 of 2');
    expect(stepWords({ ...reading, segment: 2 })).toBe('Joining the parts');
    expect(stepWords({ ...reading, parts: [] })).toBe(`Reading, ${formatPercent(0.25)}`);
  });

  it('says of a sentence what it rests on, and of one of the text’s own that it is', () => {
    const run = done([written(0, 19), taken(20, 45)]);
    expect(verdictOf(run, 0).words).toBe('Sentence 1 of 2 rests on: “The bridge is open.”');
    expect(verdictOf(run, 1).words).toBe('Sentence 2 of 2: the text’s own words.');
    const doubtful = done([{ ...written(0, 19), sources: [] }]);
    expect([verdictOf(doubtful, 0).tone, verdictOf(doubtful, null).tone]).toEqual(['warn', 'warn']);
  });
});
