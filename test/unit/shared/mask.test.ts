import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mask, unmask } from '../../../src/shared/mask';
import type { Inlines } from '../../../src/shared/inlines';

/** What is hidden, in order; training reads the same (training/tests/test_app_mask.py). */
const CASES = z
  .array(z.strictObject({ text: z.string(), hidden: z.array(z.string()) }))
  .parse(JSON.parse(readFileSync('test/fixtures/masked.json', 'utf8')));

describe('mask', () => {
  it.each(CASES)('hides in $text', ({ text, hidden }) => {
    expect([...mask([text]).hidden.values()]).toEqual(hidden);
  });

  it('numbers its codes on from those there are, and puts everything back', () => {
    const inlines: Inlines = ['Open ', { code: 4 }, 'https://a.example/b', { code: 2 }, ' with {name}.'];
    const masked = mask(inlines);
    expect(masked.inlines).toEqual(['Open ', { code: 4 }, { code: 5 }, { code: 2 }, ' with ', { code: 6 }, '.']);
    expect(unmask(masked.inlines, masked.hidden)).toEqual(inlines);
  });

  it('pairs tags that nest and leaves those that do not', () => {
    const pairsOf = (text: string) => mask([text]).pairs;
    expect(pairsOf('<p>a <b>b</b><br>c</p>')).toEqual([[1, 2], [0, 4]]); // prettier-ignore
    expect(pairsOf('a</b> c <i>d')).toEqual([]);
    expect(pairsOf('<img src="x"/> <b>a')).toEqual([]);
    expect(mask(['<b>', { code: 0 }, '</b>']).pairs).toEqual([]);
  });

  it('takes bad input: long runs of anything that a pattern begins with', () => {
    for (const unit of ['a', '{', '<a ', '.', '/', 'a.', '-', '{a,', '&a', '%', '_', 'a_', 'f1', '1.']) {
      const text = unit.repeat(10_000 / unit.length);
      expect(unmask(mask([text]).inlines, mask([text]).hidden)).toEqual([text]);
    }
  });
});
