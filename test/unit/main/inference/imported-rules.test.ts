import { expect, test } from 'vitest';
import { bannedNext } from '../../../../src/main/inference/models/imported-rules';

const START = 0;
const EOS = 1;
const banned = (rules: Partial<Parameters<typeof bannedNext>[0]>, ids: number[], forced = 0) =>
  [...bannedNext({ bannedIds: [], ...rules }, [START, ...ids], forced, EOS)].sort((a, b) => a - b);

test('no n tokens come twice in the same order, the start token counted', () => {
  expect(banned({ noRepeatNgram: 2 }, [5, 6, 5])).toEqual([6]);
  expect(banned({ noRepeatNgram: 2 }, [5, START])).toEqual([5]);
  expect(banned({ noRepeatNgram: 3 }, [5, 6, 7, 5, 6])).toEqual([7]);
  expect(banned({ noRepeatNgram: 3 }, [5, 6])).toEqual([]);
  expect(banned({ noRepeatNgram: 1 }, [5, 6])).toEqual([START, 5, 6]);
});

test('a sequence is broken before its last token', () => {
  expect(banned({ bannedSequences: [[5, 6]] }, [7, 5])).toEqual([6]);
  expect(banned({ bannedSequences: [[5, 6]] }, [5, 7])).toEqual([]);
});

test('an output is not ended too early', () => {
  expect(banned({ minTokens: 2 }, [5])).toEqual([EOS]);
  expect(banned({ minTokens: 2 }, [5, 6])).toEqual([]);
});

test('the first free token is the one after those that are forced', () => {
  expect(banned({ firstBannedIds: [5] }, [])).toEqual([5]);
  expect(banned({ firstBannedIds: [5] }, [9], 1)).toEqual([5]);
  expect(banned({ firstBannedIds: [5] }, [9])).toEqual([]);
});
