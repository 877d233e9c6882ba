import { describe, expect, it } from 'vitest';
import { countText } from '../../../src/renderer/counts';
import { countGrowingText, EMPTY_TEXT, growText, textLength, wholeText } from '../../../src/renderer/growing-text';

/** The same numbers every time, in [0, 1). */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe('growText', () => {
  it('equals plain slicing and appending, whatever the deltas', () => {
    const random = pseudoRandom(7);
    const pieces = ['word ', 'line\n', 'é', '😀', 'x'.repeat(3000), ' ', '\n\n', 'y'.repeat(40_000)];
    let plain = '';
    let text = EMPTY_TEXT;
    for (let step = 0; step < 400; step++) {
      const keep = random() < 0.8 ? plain.length : Math.floor(plain.length * random());
      const append = pieces[Math.floor(random() * pieces.length)] ?? '';
      plain = plain.slice(0, keep) + append;
      text = growText(text, keep, append);
      expect(textLength(text)).toBe(plain.length);
    }
    expect(wholeText(text)).toBe(plain);
  });

  it('leaves closed blocks as they are while the end grows', () => {
    const long = growText(EMPTY_TEXT, 0, 'A line of text.\n'.repeat(1000));
    expect(long.closed.length).toBeGreaterThan(2);
    const longer = growText(long, textLength(long), 'more');
    expect(longer.closed).toBe(long.closed);
    expect(longer.open.endsWith('more')).toBe(true);
  });

  it('closes blocks at line breaks, else at spaces, else anywhere but inside a character', () => {
    expect(growText(EMPTY_TEXT, 0, 'A line.\n'.repeat(2000)).closed.every((block) => block.text.endsWith('\n'))).toBe(true);
    expect(growText(EMPTY_TEXT, 0, 'word '.repeat(4000)).closed.every((block) => block.text.endsWith(' '))).toBe(true);
    const oneWord = growText(EMPTY_TEXT, 0, 'a' + '😀'.repeat(40_000));
    expect(oneWord.closed.length).toBeGreaterThan(1);
    for (const block of oneWord.closed) expect(() => encodeURIComponent(block.text)).not.toThrow();
  });

  it('opens a closed block again when a delta reaches back into it', () => {
    const long = growText(EMPTY_TEXT, 0, 'A line of text.\n'.repeat(1000));
    const cut = growText(long, 10, 'end');
    expect(cut.closed).toEqual([]);
    expect(cut.open).toBe('A line of end');
  });

  it('counts as the whole text does', () => {
    const whole = 'Ein Satz mit 😀 und Wörtern.\n'.repeat(2000);
    expect(countGrowingText(growText(EMPTY_TEXT, 0, whole))).toEqual(countText(whole));
  });
});

describe('countText', () => {
  it.each([
    ['', 0, 0],
    [' \n\t', 0, 3],
    ['one', 1, 3],
    [' two  words\n', 2, 12],
    ['😀 👩‍👩‍👧', 2, 7],
    ['\ud800', 1, 1],
    ['a\u00a0b\u3000c', 3, 5],
    ['\0', 1, 1],
    ['مرحبا بالعالم', 2, 13],
  ])('%j has %i words and %i characters', (text, words, characters) => {
    expect(countText(text)).toEqual({ words, characters });
  });

  it('takes time in proportion to the text, some milliseconds for a megabyte', () => {
    const megabyte = 'A dozen words or so make a line of ordinary text.\n'.repeat(20_000);
    const runsMs = Array.from({ length: 7 }, () => {
      const startMs = performance.now();
      countText(megabyte);
      return performance.now() - startMs;
    });
    // The best of some runs: what else the machine does is not the function's.
    expect(Math.min(...runsMs)).toBeLessThan(150);
  });
});
