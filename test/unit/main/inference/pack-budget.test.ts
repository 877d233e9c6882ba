import { expect, test } from 'vitest';
import { packToClose } from '../../../../src/main/inference/pack-budget';

const pack = (name: string, memoryBytes: number, lastUse: number, users = 0) => ({ name, memoryBytes, lastUse, users });
const closing = (...[packs, budgetBytes]: Parameters<typeof packToClose<ReturnType<typeof pack>>>) => packToClose(packs, budgetBytes)?.name;

test('what fits stays', () => {
  expect(closing([pack('a', 40, 1), pack('b', 60, 2)], 100)).toBeUndefined();
  expect(closing([], 0)).toBeUndefined();
});

test('the least recently used goes first', () => {
  expect(closing([pack('c', 30, 3), pack('a', 30, 1), pack('b', 30, 2), pack('d', 30, 4)], 70)).toBe('a');
});

test('what is in use stays, and another goes in its place', () => {
  expect(closing([pack('a', 50, 1, 1), pack('b', 50, 2), pack('c', 50, 3)], 100)).toBe('b');
  expect(closing([pack('a', 50, 1, 2), pack('b', 50, 2, 1)], 10)).toBeUndefined();
});

test('the one that was used last stays, whatever it takes', () => {
  expect(closing([pack('a', 500, 1)], 100)).toBeUndefined();
  expect(closing([pack('a', 10, 1), pack('b', 500, 2)], 100)).toBe('a');
});
