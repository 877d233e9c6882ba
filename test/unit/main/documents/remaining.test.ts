import { afterEach, expect, it, vi } from 'vitest';
import { Remaining } from '../../../../src/main/documents/remaining';
import type { Block } from '../../../../src/main/documents/format';

const COUNT = 1000;
/** Twice the length for every other one. */
const texts = Array.from(
  { length: COUNT },
  (_, at) => `Sentence number ${at} is here${at % 2 ? ', and it is longer than the others are' : ''}.`,
);
const blocks = texts.map((text): Block => ({ inlines: [text], codes: [], place: '' }));

afterEach(() => vi.restoreAllMocks());

/** What is said before each sentence, when each takes what `msOf` says. */
async function said(msOf: (at: number) => number): Promise<{ saidMs: number | null; takesMs: number }[]> {
  let nowMs = 5000;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const remaining = await Remaining.of(blocks, { segment: () => undefined });
  const keys = [...remaining.keys()];
  const totalMs = texts.reduce((sum, _, at) => sum + msOf(at), nowMs);
  remaining.begin();
  return keys.map((key, at) => {
    const before = { saidMs: remaining.ms(), takesMs: totalMs - nowMs };
    nowMs += msOf(at);
    remaining.take(key, true);
    return before;
  });
}

const errorsOf = (all: Awaited<ReturnType<typeof said>>) =>
  all.slice(COUNT / 10, COUNT * 0.9).map(({ saidMs, takesMs }) => Math.abs((saidMs ?? Infinity) / takesMs - 1));

it('tells nothing at first, and then what it takes', async () => {
  const all = await said(() => 3);
  expect(all[0]?.saidMs).toBeNull();
  expect(all.findIndex(({ saidMs }) => saidMs !== null)).toBeLessThan(COUNT / 10);
  expect(Math.max(...errorsOf(all))).toBeLessThan(0.05);
});

it('forgets that the engines began slowly', async () => {
  expect(Math.max(...errorsOf(await said((at) => (at < 40 ? 30 : 3))))).toBeLessThan(0.15);
});

it('does not count what was known already', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(1);
  const remaining = await Remaining.of(blocks, { segment: () => undefined });
  for (const key of remaining.keys()) remaining.take(key, false);
  expect(remaining).toMatchObject({ done: COUNT, segments: COUNT });
  expect(remaining.ms()).toBeNull();
});
