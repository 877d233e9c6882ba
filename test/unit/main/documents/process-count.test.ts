import { expect, test } from 'vitest';
import { openPackBytes, processCount } from '../../../../src/main/documents/process-count';

const PACK = openPackBytes(20e6);
const plenty = { freeBytes: 16e9, budgetBytes: 4e9 };

test.each([
  ['one core', null, 1, plenty, 0],
  ['a core each', null, 4, plenty, 4],
  ['many cores', null, 64, plenty, 8],
  ['a person’s choice', 3, 8, plenty, 3],
  ['a person’s choice on one core', 1, 1, plenty, 1],
  ['a small budget for packs', null, 8, { ...plenty, budgetBytes: 2.5 * PACK }, 2],
  ['a budget for none', 4, 8, { ...plenty, budgetBytes: 0.5 * PACK }, 0],
  ['a budget that is overdrawn', 4, 8, { ...plenty, budgetBytes: -1 }, 0],
  ['little free memory', null, 8, { ...plenty, freeBytes: 400e6 }, 2],
  ['no free memory', null, 8, { ...plenty, freeBytes: 50e6 }, 0],
])('%s', (_, chosen, cores, { freeBytes, budgetBytes }, expected) => {
  expect(processCount(chosen, { cores, freeBytes }, PACK, budgetBytes)).toBe(expected);
});
