import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupsOf, partsOf } from '../../../../../src/main/inference/summarize/plan';
import { sentenceRanges } from '../../../../../src/main/inference/summarize/sentence-ranges';

const tokensOf = (text: string) => text.match(/\S+/g)?.length ?? 0;

function planned(text: string, room: number, count = tokensOf) {
  const steps = partsOf(text, [...sentenceRanges(text)], room, count);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const changes = readFileSync('test/fixtures/documents/txt/12-changes.txt', 'utf8');

describe('partsOf', () => {
  it('is one part where the text fits', () => {
    expect(planned('  One ran. Two ran.\n', 10)).toEqual([{ start: 2, end: 19 }]);
    expect(planned('   ', 10)).toEqual([]);
  });

  it.each([40, 150, 700])('loses nothing of a real text and keeps each part within %i tokens', (room) => {
    const parts = planned(changes, room);
    let end = 0;
    for (const part of parts) {
      expect(changes.slice(end, part.start).trim()).toBe('');
      expect(tokensOf(changes.slice(part.start, part.end))).toBeLessThanOrEqual(room);
      ({ end } = part);
    }
    expect(changes.slice(end).trim()).toBe('');
    // About as few as can be, and no stump where sentences are much shorter than parts.
    expect(parts.length).toBeLessThanOrEqual(1.5 * Math.ceil(tokensOf(changes) / room));
    expect(Math.min(...parts.map((part) => tokensOf(changes.slice(part.start, part.end))))).toBeGreaterThan(room > 100 ? room / 4 : 0);
  });

  it('cuts where a paragraph ends, else a line, else a sentence', () => {
    const cutTexts = (text: string, room: number) => planned(text, room).map(({ start, end }) => text.slice(start, end));
    expect(cutTexts('One ran. Two ran.\n\nThree ran. Four ran. Five ran.', 6)).toEqual([
      'One ran. Two ran.',
      'Three ran. Four ran. Five ran.',
    ]);
    expect(cutTexts('One ran. Two ran. Three ran.\nFour ran. Five ran.', 8)).toEqual([
      'One ran. Two ran. Three ran.',
      'Four ran. Five ran.',
    ]);
    expect(cutTexts('One ran fast. Two ran fast. Three ran fast.', 6)).toEqual(['One ran fast. Two ran fast.', 'Three ran fast.']);
  });

  it('cuts what is no sentence, or too long a one, at spaces and never inside a character', () => {
    const bytes = (text: string) => Buffer.byteLength(text);
    for (const text of ['word '.repeat(500), 'x'.repeat(3000), '😀'.repeat(700), `Yes. ${'日本語'.repeat(400)} No, never.`]) {
      const parts = planned(text, 100, bytes);
      expect(
        parts
          .map(({ start, end }) => text.slice(start, end))
          .join('')
          .replace(/\s/g, ''),
      ).toBe(text.replace(/\s/g, ''));
      for (const { start, end } of parts) {
        expect(bytes(text.slice(start, end))).toBeLessThanOrEqual(100);
        expect(text.slice(start, end)).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
      }
    }
  });

  it('asks for the tokens of stretches only, however long the text', () => {
    let asked = 0;
    const text = 'The cat sat on the mat and ran. '.repeat(20_000 / 8);
    const parts = planned(text, 1000, (stretch) => {
      asked += stretch.length;
      return tokensOf(stretch);
    });
    expect(parts).toHaveLength(20);
    expect(asked).toBeLessThan(3 * text.length);
  });
});

describe('joins', () => {
  it('makes groups of about equal size, in order', () => {
    expect(groupsOf([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([
      [1, 2],
      [3, 4, 5],
      [6, 7],
    ]);
    expect(groupsOf([1], 3)).toEqual([[1]]);
  });
});
