import { expect, test } from 'vitest';
import { packsToClose } from '../../../../src/main/inference/pack-budget';

const pack = (name: string, memoryBytes: number, lastUse: number, users = 0) => ({ name, memoryBytes, lastUse, users });
const names = (...[packs, budgetBytes]: Parameters<typeof packsToClose<ReturnType<typeof pack>>>) =>
  packsToClose(packs, budgetBytes).map(({ name }) => name);

test('what fits stays', () => {
  expect(names([pack('a', 40, 1), pack('b', 60, 2)], 100)).toEqual([]);
  expect(names([], 0)).toEqual([]);
});

test('the least recently used go first, and no more than must', () => {
  expect(names([pack('c', 30, 3), pack('a', 30, 1), pack('b', 30, 2), pack('d', 30, 4)], 70)).toEqual(['a', 'b']);
});

test('what is in use stays, and another goes in its place', () => {
  expect(names([pack('a', 50, 1, 1), pack('b', 50, 2), pack('c', 50, 3)], 100)).toEqual(['b']);
  expect(names([pack('a', 50, 1, 2), pack('b', 50, 2, 1)], 10)).toEqual([]);
});

test('the one that was used last stays, whatever it takes', () => {
  expect(names([pack('a', 500, 1)], 100)).toEqual([]);
  expect(names([pack('a', 10, 1), pack('b', 500, 2)], 100)).toEqual(['a']);
});
