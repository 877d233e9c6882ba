import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleaned } from '../../../../../src/main/inference/summarize/clean';
import { grounded } from '../../../../../src/main/inference/summarize/ground';
import type { SummaryForm, SummaryLength } from '../../../../../src/shared/pack';
import { sourceOf } from './source-of';

const LIBRARY = `# News

The town library of Marsfield opened again on Monday after eleven months of building work. The old roof had let in rain for years. The new roof
was paid for by the town, which gave 1.2 million euros, and by a foundation. The reading room has forty places with light and power. For the
first time the library is open on Sundays. A group of readers has collected 600 signatures against the move of the music collection.`;

function shownOf(written: string, text: string, length: SummaryLength, form: SummaryForm = 'paragraph', isCut = false) {
  const draft = cleaned(written, { length, form }, isCut ? 'cut' : 'ended');
  return grounded({ ...draft, copied: [{ start: 0, end: 5 }] }, sourceOf(text), { length, form });
}

const partsOf = ({ text, sentences }: ReturnType<typeof shownOf>) =>
  sentences.map(({ start, end, isTaken }) => `${isTaken ? 'taken' : 'written'}: ${text.slice(start, end)}`);

describe('grounded', () => {
  it('keeps what retells the text, as it was written', () => {
    const written = 'The library of Marsfield opened again on Monday. For the first time it is open on Sundays.';
    for (const form of ['paragraph', 'bullets'] as const) {
      const shown = shownOf(written, LIBRARY, 'short', form);
      expect(shown.text).toBe(cleaned(written, { length: 'short', form }, 'ended').text);
      expect(shown.unsupported).toBe(0);
      expect(shown.sentences.map(({ isTaken }) => isTaken)).toEqual([false, false]);
    }
  });

  it('puts the nearest sentence of the text in place of one that does not', () => {
    const written =
      'The library opened again on Monday. The new roof was paid for by a bank, which gave 5 million euros. Cats are nice animals.';
    const shown = shownOf(written, LIBRARY, 'short', 'bullets');
    expect(partsOf(shown)).toEqual([
      'written: The library opened again on Monday.',
      'taken: The new roof was paid for by the town, which gave 1.2 million euros, and by a foundation.',
      expect.stringMatching(/^taken: /) as string,
    ]);
    expect(shown.text).toMatch(/^- The library .*\n- The new roof /);
    expect(shown.unsupported).toBe(2);
    const [, roof] = shown.sentences;
    expect(roof?.sources.map(({ start, end, score }) => [LIBRARY.slice(start, end).slice(0, 12), score])).toEqual([['The new roof', 1]]);
    expect(shown.copied).toEqual([{ start: 2, end: 5 }].map(({ start }) => ({ start, end: shown.text.indexOf('library') - 1 })));
  });

  it('takes sentences that say most of the text where nothing is left, and no heading', () => {
    const shown = shownOf('Cats are nice animals.', LIBRARY, 'long');
    expect(shown.sentences).toHaveLength(3);
    expect(shown.sentences.every(({ isTaken }) => isTaken)).toBe(true);
    const places = shown.sentences.map(({ sources }) => sources[0]?.start ?? 0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(shown.text).not.toContain('News');
    expect(shown.text).toContain('opened again on Monday');
  });

  it('takes no sentence around an address', () => {
    const text = `${LIBRARY} The plans of the library are at https://example.org/marsfield for all readers.`;
    expect(shownOf('Plans of the library for readers by Google', text, 'headline').text).not.toContain('example.org');
  });

  it('shows what was written, with what is wrong with it, where the text has no sentence', () => {
    const shown = shownOf('The bridge cost 5 million.', 'bridges, roads, tunnels\n'.repeat(9), 'short');
    expect(partsOf(shown)).toEqual(['written: The bridge cost 5 million.']);
    expect(shown.sentences[0]?.unknown).toHaveLength(1);
    expect(shownOf('Tunnels are roads.', 'bridges, roads, tunnels\n'.repeat(9), 'short').sentences[0]?.sources).toEqual([]);
  });

  it.each([
    ['says it shorter', 'The library of Marsfield opened again on Monday', 'written: The library of Marsfield opened again on Monday'],
    [
      'says the first sentence in other words',
      'Library of Marsfield celebrated its opening on Monday after work',
      'taken: The town library of Marsfield opened again on Monday after eleven months of building work',
    ],
    [
      'says something else of the text',
      'This article describes a group of readers with 600 signatures',
      'written: A group of readers with 600 signatures',
    ],
    [
      'says with its words what it does not say',
      'The music collection of the library opened on Monday',
      /^taken: The town library of Marsfield opened again/,
    ],
    [
      'says what is not in it',
      'Readers in Graz collected signatures against the move',
      /^taken: A group of readers has collected 600 signatures/,
    ],
    ['says nothing', 'This library', /^taken: The town library of Marsfield opened again/],
    ['was not written', '', /^taken: The town library of Marsfield opened again/],
  ])('a headline that %s', (_, written, expected) => {
    const parts = partsOf(shownOf(written, LIBRARY, 'headline'));
    expect(parts).toHaveLength(1);
    if (typeof expected === 'string') expect(parts[0]).toBe(expected);
    else expect(parts[0]).toMatch(expected);
  });

  it('prefers the title of a text to a headline that cannot be shown, and a sentence that stands alone to one that does not', () => {
    const notes = `Garden club, notes of 14 September\n\nIt ran dry twice in August. The club buys two tanks for the rain of the winter.`;
    expect(partsOf(shownOf('Cats are nice animals', notes, 'headline'))).toEqual(['taken: Garden club, notes of 14 September']);
    const untitled = notes.slice(notes.indexOf('It ran'));
    expect(partsOf(shownOf('', untitled, 'headline'))).toEqual(['taken: The club buys two tanks for the rain of the winter']);
  });

  it('says nothing twice, and takes no rest of a broken line, question or pointer where there is better', () => {
    const text = `Tanks are bought by the club in the spring\nand they hold the rain of the winter. The club buys two tanks. Who orders the tanks of the club?
See the list below, or click the link for more information about the tanks of the club. Mark of the club orders the tanks by Friday.`;
    const shown = shownOf('The club buys two tanks. Two tanks are bought by the club.', text, 'short');
    expect(partsOf(shown)).toEqual(['written: The club buys two tanks.', 'taken: Mark of the club orders the tanks by Friday.']);
  });

  it('a headline never ends in the middle', () => {
    for (const written of ['The library of Marsfield opened again on Monday, and it will be', 'A group of readers has collected']) {
      const shown = shownOf(written, LIBRARY, 'headline', 'paragraph', true);
      expect(shown.text).not.toContain('…');
      expect(shown.text.length).toBeGreaterThan(20);
      expect(shown.unsupported).toBe(0);
    }
  });

  it('shows only sentences of the text, or written ones that rest on it, for a README', () => {
    const readme = readFileSync('README.md', 'utf8');
    const written =
      'To install the program, run the command in the root of your home directory and answer three questions. Tandem is a cloud service by Google.';
    const shown = shownOf(written, readme, 'short');
    expect(shown.unsupported).toBe(2);
    expect(shown.sentences).toHaveLength(3);
    for (const { sources, unknown } of shown.sentences) expect([sources.length > 0, unknown]).toEqual([true, []]);
  });
});
