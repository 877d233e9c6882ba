import { expect, test } from 'vitest';
import { bannedNext, nextTokens, type WritingRules } from '../../../../src/main/inference/models/imported-rules';

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

const following = (logits: number[], rules: Partial<WritingRules>, ids: number[] = []) => {
  const found = nextTokens(Float32Array.from(logits), { bannedIds: [], ...rules }, { written: [START, ...ids], forced: 0 }, EOS, 2);
  return { ids: [...found.ids], probabilities: [...found.logprobs].map(Math.exp) };
};

test('the best tokens come with their probabilities, of equals the lower id', () => {
  const { ids, probabilities } = following([Math.log(0.1), Math.log(0.4), Math.log(0.1), Math.log(0.4)], {});
  expect(ids).toEqual([1, 3]);
  expect(probabilities[0]).toBeCloseTo(0.4);
});

test('what is banned takes its probability along, unless the rest is normalized again', () => {
  const logits = [0.2, 0.2, 0.5, 0.1].map(Math.log);
  expect(following(logits, { bannedIds: [2] }).probabilities[0]).toBeCloseTo(0.2);
  expect(following(logits, { bannedIds: [2], renormalizeLogits: true }).probabilities[0]).toBeCloseTo(0.4);
});

test('a penalty for repetition is of logits for greedy decoding, which comes first, and of log-probabilities for a beam', () => {
  // 2 was written: 3 / 1.2 < 2.6, but 1.2 times its log-probability is still more than that of 3.
  const { ids, probabilities } = following([-9, -9, 3, 2.6], { repetitionPenalty: 1.2 }, [2]);
  expect(ids).toEqual([3, 2, 1]);
  const second = Math.exp(3) / (Math.exp(3) + Math.exp(2.6) + 2 * Math.exp(-9));
  expect(probabilities[1]).toBeCloseTo(second ** 1.2);
});
