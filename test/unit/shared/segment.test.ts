import { describe, expect, it } from 'vitest';
import { segment, splitLong, type Piece } from '../../../src/shared/segment';
import { cpuMs } from './cpu-clock';

const sentences = (text: string) => [...segment(text)].filter((piece) => piece.kind === 'sentence').map((piece) => piece.text);
const joined = (pieces: Iterable<Piece>) => Array.from(pieces, (piece) => piece.text).join('');

describe('segment', () => {
  it.each([
    ['plain', 'One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
    ['titles and initials', 'Dr. Smith met J. K. Rowling. Mrs. May left.', ['Dr. Smith met J. K. Rowling.', 'Mrs. May left.']],
    [
      'abbreviations',
      'Use e.g. this, i.e. that. z.B. das. Cf. Fig. 3 and No. 5.',
      ['Use e.g. this, i.e. that. z.B. das.', 'Cf. Fig. 3 and No. 5.'],
    ],
    ['an answer is no abbreviation', 'Did you? No. She left.', ['Did you?', 'No.', 'She left.']],
    ['I ends sentences', 'So do I. He too.', ['So do I.', 'He too.']],
    [
      'numbers',
      'It costs 3.50. Take 1,000.5 of them. Version 2.0 is out.',
      ['It costs 3.50.', 'Take 1,000.5 of them.', 'Version 2.0 is out.'],
    ],
    ['German dates', 'Am 3. Oktober 1990. Im 19. Jahrhundert.', ['Am 3. Oktober 1990.', 'Im 19. Jahrhundert.']],
    ['French', 'M. Dupont et Mme. Curie. « Oui ! » dit-il. Bonjour !', ['M. Dupont et Mme. Curie.', '« Oui ! » dit-il.', 'Bonjour !']],
    ['quotes', '"Stop!" he said. “Why?” she asked. (Really.) Yes.', ['"Stop!" he said.', '“Why?” she asked.', '(Really.)', 'Yes.']],
    ['ellipsis', 'Well... maybe. Wait… what? Yes.', ['Well... maybe.', 'Wait… what?', 'Yes.']],
  ])('%s', (_name, text, expected) => {
    expect(sentences(text)).toEqual(expected);
    expect(joined(segment(text))).toBe(text);
  });

  it('keeps line structure, spaces and bullets as gaps', () => {
    const text = '  Title\r\n\r\n - First.  Second.\n\t• Third\n1. Fourth\n(2) Fifth\na) Sixth\n> quoted\n\n';
    expect(sentences(text)).toEqual(['Title', 'First.', 'Second.', 'Third', 'Fourth', 'Fifth', 'Sixth', 'quoted']);
    expect(joined(segment(text))).toBe(text);
  });

  it('keeps the numbers of headings as gaps, not those of amounts', () => {
    const text = '2.1 Scope of this document\n3.1.2. Results\n10.4\u00a0Data\n1.5 million people came.\n2.4 GHz is enough.\n3.5';
    expect(sentences(text)).toEqual(['Scope of this document', 'Results', 'Data', '1.5 million people came.', '2.4 GHz is enough.']);
    expect(joined(segment(text))).toBe(text);
  });

  it('keeps the columns of a table as gaps', () => {
    const text = 'Product\tQuantity\tNotes\n1.\tChair\t12\tout of stock\nb)\tLamp\t\t€15.00\t\n\tNote:\t\tNone left. Ask us.';
    expect(sentences(text)).toEqual(['Product', 'Quantity', 'Notes', 'Chair', 'out of stock', 'Lamp', 'Note:', 'None left.', 'Ask us.']);
    expect(joined(segment(text))).toBe(text);
  });

  it('keeps what is not for a translator', () => {
    for (const text of [
      '',
      '   ',
      '\n\n',
      '42',
      '3.5 + 7 = 10.5',
      '😀👍🏽',
      'שלום עולם',
      'Привет, мир!',
      '日本語。',
      '\0\ud800',
      '--- *** ---',
      '\ufeff',
    ]) {
      expect(sentences(text)).toEqual([]);
      expect(joined(segment(text))).toBe(text);
    }
    expect(sentences('Great 👍🏽! Say שלום to her. The α particle. A\0b \ud800c')).toEqual([
      'Great',
      'Say',
      'to her.',
      'The α particle.',
      'A',
      'b',
      'c',
    ]);
  });

  it('loses nothing of any text', () => {
    const alphabet = [
      ...Array.from('abcÄéß .,;:!?"\'’“”«»()-–…\n\r\t\0\u0085\u2028\u00a0\u200b\u200d\ufe0f\ufeff'),
      'Dr. ',
      'e.g. ',
      'z.B. ',
      '3. Oktober ',
      '1. ',
      '- ',
      '• ',
      '😀',
      '👩‍👩‍👧',
      '🇩🇪',
      '1️⃣',
      '\ud800',
      '\udc00',
      'שלום',
      'مرحبا',
      '日本',
      'α',
      'A.',
      '10.5',
      '\u0301',
    ];
    let state = 7;
    const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
    for (let round = 0; round < 1500; round++) {
      const text = Array.from({ length: random(60) }, () =>
        random(12) === 0 ? String.fromCharCode(random(0x10000)) : alphabet[random(alphabet.length)],
      ).join('');
      const pieces = [...segment(text)];
      expect(joined(pieces)).toBe(text);
      const wellMade = ({ kind, text: part }: Piece) =>
        kind === 'gap' ? part !== '' : /\p{Script=Latin}/u.test(part) && !/[\n\r]|^\s|\s$/.test(part);
      expect(pieces.filter((piece) => !wellMade(piece))).toEqual([]);
    }
  });

  it.each([
    ['lines', 'The quick brown fox — “jumps” over Dr. Smith’s dog. It was 3.5 km. \n'],
    ['one line', 'The quick brown fox — “jumps” over Dr. Smith’s dog. It was 3.5 km. '],
    ['one word', 'é'],
    ['initials', 'J. '],
    ['one script', 'ש '],
    ['numbers', '12.5 '],
  ])('takes a megabyte of %s in linear time, the first piece soon', (_name, unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const start = cpuMs();
    let first = Infinity;
    let length = 0;
    for (const piece of segment(text)) {
      first = Math.min(first, cpuMs() - start);
      length += piece.text.length;
    }
    expect(length).toBe(text.length);
    expect(cpuMs() - start).toBeLessThan(3000);
    if (unit.includes('\n')) expect(first).toBeLessThan(200);
  });
});

describe('splitLong', () => {
  const fits = (limit: number) => (part: string) => part.length <= limit;

  it('prefers clause ends, then spaces, then any code point', () => {
    const parts = (text: string, limit: number) =>
      [...splitLong(text, fits(limit))].filter((piece) => piece.kind === 'sentence').map((piece) => piece.text);
    expect(parts('When it rained, we stayed at home; then we left.', 20)).toEqual([
      'When it rained,',
      'we stayed at home;',
      'then we left.',
    ]);
    expect(parts('aa bb cc dd ee', 6)).toEqual(['aa bb', 'cc dd', 'ee']);
    expect(parts('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(parts('fits', 4)).toEqual(['fits']);
  });

  it('never cuts a surrogate pair, loses nothing, and every part fits', () => {
    for (const text of [
      'a😀'.repeat(500),
      `${'word '.repeat(600)}😀end`,
      'x'.repeat(10_000),
      'a, '.repeat(3000),
      `é${' '.repeat(5000)}é`,
    ]) {
      for (const limit of [2, 7, 100]) {
        const pieces = [...splitLong(text, fits(limit))];
        expect(joined(pieces)).toBe(text);
        expect(pieces.filter(({ kind, text: part }) => kind === 'sentence' && part.length > limit)).toEqual([]);
        expect(pieces.filter(({ text: part }) => /^[\udc00-\udfff]|[\ud800-\udbff]$/.test(part))).toEqual([]);
      }
    }
  });
});
