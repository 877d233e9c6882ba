import { expect, test } from 'vitest';
import { nextRestart } from '../../../src/main/restart-policy';

test('waits longer after each crash of a minute, and gives up at the fifth', () => {
  const crashes = [0, 1_000, 3_000, 9_000, 15_000];
  expect(crashes.map((_, index) => nextRestart(crashes.slice(0, index + 1)))).toEqual([
    { kind: 'retry', retryMs: 200 },
    { kind: 'retry', retryMs: 1_000 },
    { kind: 'retry', retryMs: 5_000 },
    { kind: 'retry', retryMs: 5_000 },
    { kind: 'stop' },
  ]);
});

test('a crash long ago does not count', () => {
  expect(nextRestart([0, 10, 20, 30, 61_000])).toEqual({ kind: 'retry', retryMs: 200 });
});
