import { expect, test } from 'vitest';
import { yaml } from '../../../../src/main/documents/formats/yaml';
import { read, translated } from './properties';

test('block scalars are replaced to their last character, and what follows stays', async () => {
  const text = 'en:\n  long: |\n    First line.\n    Second line.\n\n  folded: >-\n    One sentence that\n    goes on.\n  last: The end.\n';
  expect((await read(yaml, text)).blocks.map(({ inlines, place }) => [place, inlines])).toEqual([
    ['key en.long', ['First line.\nSecond line.']],
    ['key en.folded', ['One sentence that goes on.']],
    ['key en.last', ['The end.']],
  ]);
  expect(await translated(yaml, text, { 'First line.\nSecond line.': 'Erste.\nZweite.', 'One sentence that goes on.': 'Ein Satz.' })).toBe(
    'de:\n  long: |\n    Erste.\n    Zweite.\n\n  folded: >-\n    Ein Satz.\n  last: The end.\n',
  );
});

test('quotes stay, and come where the text needs them', async () => {
  const text = 'a: Plain text here\nb: \'It\'\'s quoted\'\nc: "Say \\"hello\\" now"\nlist: [One thing, Two things]\n';
  expect(
    await translated(yaml, text, {
      'Plain text here': 'Achtung: Text #1',
      "It's quoted": "Geht's noch",
      'Say "hello" now': 'Sag "hallo"',
      'Two things': 'Zwei, drei',
    }),
  ).toBe('a: "Achtung: Text #1"\nb: \'Geht\'\'s noch\'\nc: "Sag \\"hallo\\""\nlist: [One thing, "Zwei, drei"]\n');
});
