import { describe, expect, it } from 'vitest';
import { codesProblem } from '../../../src/shared/check-codes';
import type { Inlines } from '../../../src/shared/inlines';

const codes = (...numbers: number[]): Inlines => numbers.map((code) => ({ code }));

describe('codesProblem', () => {
  // prettier-ignore
  it.each([
    ['none', [], [], []],
    ['the same', [0, 1], [0, 1], []],
    ['another order', [0, 1, 2], [2, 0, 1], []],
    ['pairs moved as a whole', [0, 1, 2, 3], [2, 3, 0, 1], [[0, 1], [2, 3]]],
    ['a code that moved into a pair', [0, 1, 2], [1, 0, 2], [[1, 2]]],
    ['what began before the sentence ends before something opens', [1, 2], [1, 2], [[0, 1], [2, 3]]],
    ['two that end in the sentence', [2, 3], [2, 3], [[0, 3], [1, 2]]],
    ['two that go on behind it', [0, 1], [0, 1], [[0, 3], [1, 2]]],
    ['pairs of other sentences', [4], [4], [[0, 1]]],
  ] as const)('takes %s', (_name, source, target, pairs) => {
    expect(codesProblem(codes(...source), codes(...target), pairs)).toBeNull();
  });

  // prettier-ignore
  it.each([
    ['a missing code', [0, 1], [0], []],
    ['a code twice', [0, 1], [0, 1, 1], []],
    ['an unknown code', [0], [1], []],
    ['a pair the wrong way round', [0, 1], [1, 0], [[0, 1]]],
    ['pairs that cross', [0, 1, 2, 3], [0, 2, 1, 3], [[0, 1], [2, 3]]],
    ['what opens before that ends which began before the sentence', [1, 2], [2, 1], [[0, 1], [2, 3]]],
    ['two that end in the sentence, crossing', [2, 3], [3, 2], [[0, 3], [1, 2]]],
    ['two that go on behind it, crossing', [0, 1], [1, 0], [[0, 3], [1, 2]]],
  ] as const)('refuses %s', (_name, source, target, pairs) => {
    expect(codesProblem(codes(...source), codes(...target), pairs)).toMatch(/^got /);
  });

  it('refuses a source that is not well formed itself', () => {
    const twice = codes(0, 0);
    expect(codesProblem(twice, twice, [])).toBe('got the codes 0, 0, expected each once');
    const crossing = codes(0, 2, 1, 3);
    // prettier-ignore
    expect(codesProblem(crossing, crossing, [[0, 1], [2, 3]])).toContain('nested');
  });
});
