import { expect, test } from 'vitest';
import { timeSpans } from '../../../../src/renderer/documents/time-spans';

const NONE = { readMs: 5, loadMs: 0, tokenizeMs: 0, encodeMs: 0, projectMs: 0, prefillMs: 0, decodeMs: 0, detokenizeMs: 0, writeMs: 7 };

test('the stages of a job in their order, without those that took next to nothing', () => {
  const times = { ...NONE, loadMs: 300, tokenizeMs: 1, encodeMs: 2000, prefillMs: 400, decodeMs: 1500, writeMs: 90 };
  expect(timeSpans(times, 1e9).map(({ stage, words, ms }) => [stage, words, ms])).toEqual([
    ['other', 'Open the pack', 300],
    ['encode', 'Encode', 2000],
    ['prefill', 'Prefill', 400],
    ['decode', 'Decode', 1500],
    ['other', 'Write the file', 90],
  ]);
});

test('nothing is told of a job that asked the engine for nothing', () => {
  expect(timeSpans(NONE, 0)).toEqual([]);
});

test('of several engines the sum comes first: it is more than the time that went by', () => {
  const spans = timeSpans({ ...NONE, encodeMs: 6000, decodeMs: 4000, readMs: 1000 }, 6000);
  expect(spans[0]).toMatchObject({ stage: 'other', words: 'All cores together', ms: 10_000 });
  expect(timeSpans({ ...NONE, encodeMs: 6000, decodeMs: 4000, readMs: 1000 }, 10_500)[0]).toMatchObject({ words: 'Read the file' });
});
