import { expect, test } from 'vitest';
import { timeSpans } from '../../../../src/renderer/documents/time-spans';

const NONE = { readMs: 5, loadMs: 0, tokenizeMs: 0, encodeMs: 0, projectMs: 0, prefillMs: 0, decodeMs: 0, detokenizeMs: 0, writeMs: 7 };

test('the stages of a job in their order, without those that took next to nothing', () => {
  const times = { ...NONE, loadMs: 300, tokenizeMs: 1, encodeMs: 2000, prefillMs: 400, decodeMs: 1500, writeMs: 90 };
  expect(timeSpans(times).map(({ stage, words, ms }) => [stage, words, ms])).toEqual([
    ['other', 'Open the pack', 300],
    ['encode', 'Encode', 2000],
    ['prefill', 'Prefill', 400],
    ['decode', 'Decode', 1500],
    ['other', 'Write the file', 90],
  ]);
});

test('nothing is told of a job that asked the engine for nothing', () => {
  expect(timeSpans(NONE)).toEqual([]);
});
