import { describe, expect, it } from 'vitest';
import { compareWords } from '../../../../src/renderer/compare/words';

/** `[what differs|reference]`, the rest as it is. */
function marked(reference: string, text: string): string | undefined {
  return compareWords(reference, text)
    ?.lines.map((line) => line.map((run) => (run.differs ? `[${run.text}|${run.instead}]` : run.text)).join(''))
    .join('\n');
}

describe('compareWords', () => {
  it.each([
    ['another word', 'Der Hund ist groß.', 'Der Hund ist klein.', 'Der Hund ist [klein|groß].'],
    ['words added', 'Der Hund ist groß.', 'Der Hund ist sehr groß.', 'Der Hund ist [sehr|] groß.'],
    ['words left out', 'Der Hund ist sehr groß.', 'Der Hund ist groß.', 'Der Hund ist [|sehr]groß.'],
    ['words left out at the end', 'Ja, gern.', 'Ja,', 'Ja,[|gern.]'],
    ['several in a row', 'Er ging gestern fort.', 'Er lief heute fort.', 'Er [lief heute|ging gestern] fort.'],
    ['punctuation', 'Ja, gern.', 'Ja gern.', 'Ja [|,]gern.'],
    ['capital letters', 'Das Auto', 'das Auto', '[das|Das] Auto'],
    ['nothing', 'Guten Morgen.', 'Guten Morgen.', 'Guten Morgen.'],
    ['only white space', 'Guten  Morgen.', 'Guten Morgen. ', 'Guten Morgen. '],
    ['words with apostrophes', "L'eau n'est pas là.", "L'eau est là.", "L'eau [est|n'est pas] là."],
    ['a script without spaces', '私は猫です', '私は犬です', '私は[犬|猫]です'],
    ['an empty text', 'Ja.', '', '[|Ja.]'],
    ['leading space', 'Ja.', '  Nein.', '  [Nein|Ja].'],
  ])('marks %s', (_what, reference, text, expected) => {
    expect(marked(reference, text)).toBe(expected);
  });

  it('compares line with line, where both have as many', () => {
    expect(marked('a b\nc d\n', 'a b\nb d\n')).toBe('a b\n[b|c] d\n');
    expect(marked('a b\nc d', 'a b c d')).toBe('a b c d');
  });

  it('loses nothing of the text', () => {
    const text = '  Öffnen Sie   die Datei\u00a0!\n\n\tÀ bientôt 👋🏽 — 3,5 % …\n';
    const lines = compareWords('Schließen Sie die Datei!\n\nBis bald\n', text)?.lines ?? [];
    expect(lines.map((line) => line.map((run) => run.text).join('')).join('\n')).toBe(text);
  });

  it.each([
    ['Guten Morgen.', 'Guten Morgen.', 1],
    ['Guten Morgen.', 'Guten Abend.', 0.5],
    ['Guten Morgen.', 'Guten Morgen !', 1],
    ['a b c', 'a', 0.5],
    ['a', 'a b c', 0.5],
    ['Ja.', 'Nein.', 0],
    ['…', '', 1],
  ])('of "%s" and "%s", %d of the words are the same', (reference, text, share) => {
    expect(compareWords(reference, text)?.sameShare).toBeCloseTo(share);
  });

  it('does not search for ever', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, index) => `${word}${index}`).join(' ');
    expect(compareWords(many('a'), many('b'))).toBeNull();
    expect(compareWords(many('a'), many('a'))?.sameShare).toBe(1);
  });
});
