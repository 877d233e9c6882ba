import { describe, expect, it } from 'vitest';
import { numberMarkers, readMarked, toMarked, type ReadMarked } from '../../../../src/renderer/documents/markers';
import { type Inlines } from '../../../../src/shared/inlines';

const SOURCE: Inlines = ['Press ', { code: 6 }, 'Enter', { code: 7 }, ' now', { code: 9 }];
const PAIRS = [[6, 7]] as const;

const problemOf = (read: ReadMarked) => (read.kind === 'wrong' ? read.problem : null);
const wrong = (marked: string) => problemOf(readMarked(marked, SOURCE, PAIRS));

/** mulberry32: the same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('markers', () => {
  it('count the codes of the source from 1', () => {
    const numbers = numberMarkers(SOURCE);
    expect(toMarked(SOURCE, numbers)).toBe('Press ⟦1⟧Enter⟦2⟧ now⟦3⟧');
    expect(toMarked([{ code: 9 }, 'Jetzt ', { code: 6 }, 'Enter', { code: 7 }], numbers)).toBe('⟦3⟧Jetzt ⟦1⟧Enter⟦2⟧');
  });

  it('are read where a person put them', () => {
    expect(readMarked('⟦3⟧Jetzt ⟦1⟧Enter⟦2⟧ drücken', SOURCE, PAIRS)).toEqual({
      kind: 'ok',
      inlines: [{ code: 9 }, 'Jetzt ', { code: 6 }, 'Enter', { code: 7 }, ' drücken'],
    });
  });

  it('must all be there, once, and belong to the source', () => {
    expect(wrong('Enter')).toEqual({ kind: 'missing', markers: [1, 2, 3] });
    expect(wrong('⟦1⟧Enter⟦2⟧')).toEqual({ kind: 'missing', markers: [3] });
    expect(wrong('⟦1⟧Enter⟦2⟧⟦1⟧⟦3⟧')).toEqual({ kind: 'twice', markers: [1] });
    expect(wrong('⟦1⟧Enter⟦2⟧⟦3⟧⟦4⟧⟦0⟧')).toEqual({ kind: 'unknown', markers: [4, 0] });
  });

  it('keep pairs nested', () => {
    expect(wrong('⟦2⟧Enter⟦1⟧⟦3⟧')).toEqual({ kind: 'crossed' });
    expect(wrong('⟦1⟧En⟦3⟧ter⟦2⟧')).toBeNull();
  });

  it('of one line stay one line', () => {
    expect(wrong('⟦1⟧Enter⟦2⟧\n⟦3⟧')).toEqual({ kind: 'line-break' });
    expect(problemOf(readMarked('a\nb\nc', ['a\nb'], []))).toBeNull();
  });

  it('do not hide brackets that are text', () => {
    expect(toMarked(['⟦1⟧', { code: 6 }], numberMarkers(SOURCE))).toBe('⟦⟦1⟧⟦1⟧');
    expect(readMarked('⟦x⟧ ⟦⟦1⟧ ⟧⟦', ['x'], [])).toEqual({ kind: 'ok', inlines: ['⟦x⟧ ⟦1⟧ ⟧⟦'] });
  });

  it('give back every translation they were made of', () => {
    const random = randomNumbers(1);
    const pick = (texts: readonly string[]) => texts[Math.floor(random() * texts.length)] ?? '';
    for (let run = 0; run < 500; run++) {
      const codes = Array.from({ length: Math.floor(random() * 5) }, (_, place) => 3 * place + Math.floor(random() * 3));
      const source: Inlines = ['Source', ...codes.map((code) => ({ code }))];
      const shuffled = [...codes].sort(() => random() - 0.5);
      const text = () =>
        Array.from({ length: Math.floor(random() * 4) }, () => pick(['⟦', '⟧', '1', '2', 'ß 🌍', ' ', '⟦1⟧', '⟦⟦'])).join('');
      const translation = [text(), ...shuffled.flatMap((code) => [{ code }, text()])].filter((part) => part !== '');
      expect(readMarked(toMarked(translation, numberMarkers(source)), source, [])).toEqual({ kind: 'ok', inlines: translation });
    }
  });
});
