/** What is for programs stays as it is, and what people read beside it is found. */
import { expect, test } from 'vitest';
import { csv } from '../../../../src/main/documents/formats/csv';
import { html } from '../../../../src/main/documents/formats/html';
import { json } from '../../../../src/main/documents/formats/json';
import { markdown } from '../../../../src/main/documents/formats/markdown';
import { odt } from '../../../../src/main/documents/formats/odf';
import { txt } from '../../../../src/main/documents/formats/txt';
import { xlsx } from '../../../../src/main/documents/formats/xlsx';
import { yaml } from '../../../../src/main/documents/formats/yaml';
import { textOf } from '../../../../src/shared/inlines';
import { readFixture } from './containers/invariants';
import { read, shown, texts, translated } from './properties';

test('CSV: column names for programs are left and told, those for people are read', async () => {
  const table = await read(csv, 'country,year,lifeExp,created_at\nCambodia,1952,39.4,2024-01-01\n');
  expect(texts(table)).toEqual(['Cambodia']);
  expect(table.left).toMatchObject([{ what: '4 column names' }]);
  const forPeople = await read(csv, 'Country,Life expectancy\nCambodia,39.4\n');
  expect(texts(forPeople)).toEqual(['Country', 'Life expectancy', 'Cambodia']);
  expect(forPeople.left).toEqual([]);
  expect(texts(await read(csv, 'apple,pear\n'))).toEqual(['apple', 'pear']);
  expect(texts(await read(csv, 'slug,title\ntyler-museum,Tyler Museum\n'))).toEqual(['Tyler Museum']);
});

test('CSV: spaces may stand before a cell in quotes that ends in its line', async () => {
  const table = '1, "Hello, world", "say ""yes"""\n2, "5", 6" wide"\n';
  expect(texts(await read(csv, table))).toEqual(['Hello, world', 'say "yes"', '6" wide"']);
  expect(await translated(csv, table, { 'Hello, world': 'Hallo, Welt' })).toBe(table.replace('Hello, world', 'Hallo, Welt'));
});

test('JSON and YAML: commands, people with an address and single letters are left', async () => {
  const data = [
    ['lint', 'npm run lint:fix'],
    ['author', 'Jane Doe <jane@example.org>'],
    ['switch', 'I'],
    ['script', 'python scripts/github.py'],
    ['title', 'Go on to the garden'],
    ['hint', 'Git is a program.'],
  ];
  const found = ['Go on to the garden', 'Git is a program.'];
  expect(texts(await read(json, JSON.stringify(data.map(([key = '', value]) => ({ [key]: value })))))).toEqual(found);
  expect(texts(await read(yaml, 'run: |\n  npm install\n  npm test\nname: Build and test\n'))).toEqual(['Build and test']);
});

test('JSON: of a message that chooses between texts each is read, and so is the sentence around them', async () => {
  const text = JSON.stringify({
    count: '{count, plural, =0 {No "tree"} one {# tree} other {# trees}}',
    who: '{gender, select, male {{n, plural, one {He has a tree} other {He has # trees}}} other {They grow}}',
    inside: '{name} has {count, plural, one {# "tree"} other {# trees}} in garden #1.',
    broken: '{count, plural, one {# tree}',
  });
  const document = await read(json, text);
  expect(shown(document)).toEqual([
    ...['No "tree"', '<0/> tree', '<0/> trees', 'He has a tree', 'He has <0/> trees', 'They grow'],
    ...['{name} has <0/> in garden #1.', '<0/> "tree"', '<0/> trees', '{count, plural, one {# tree}'],
  ]);
  const french = await translated(json, text, {
    'No "tree"': "Pas d'« arbre »",
    '<0/> trees': "plus d'<0/>",
    '{name} has <0/> in garden #1.': "L'{name} a <0/> au jardin #1.",
    '<0/> "tree"': '<0/> "arbre"',
  });
  expect(JSON.parse(french)).toEqual({
    count: "{count, plural, =0 {Pas d'« arbre »} one {# tree} other {plus d’#}}",
    who: '{gender, select, male {{n, plural, one {He has a tree} other {He has # trees}}} other {They grow}}',
    inside: 'L’{name} a {count, plural, one {# "arbre"} other {# trees}} au jardin #1.',
    broken: '{count, plural, one {# tree}',
  });
});

test('Excel: what rows are filtered by is left and told', async () => {
  const { left, blocks } = await xlsx.read(readFixture('xlsx/libreoffice-tdf140469.xlsx'));
  expect(blocks.map(({ inlines }) => textOf(inlines))).toEqual(['Months', 'Numbers', 'June', 'July', 'August']);
  expect(left.map(({ what }) => what)).toContain('9 texts');
});

test('OpenDocument: what the controls of a form show is read', async () => {
  const { blocks } = await odt.read(readFixture('odt/libreoffice-using_regular_expressions.odt'));
  expect(blocks.filter(({ place }) => place === 'form').map(({ inlines }) => textOf(inlines))).toEqual(['Coloring words']);
});

test('Markdown: titles of links are read; template tags and emoji are codes; terms and their definitions are two texts', async () => {
  const text =
    '[Tree](a.html "The \\"best\\" tree") :smile: {% include note.html %} grows.\n\nTerm\n: What it is\n\n![Oak](b.png \'Our oak\')\n\n[x]: c.html "The other"\n';
  expect(shown(await read(markdown, text)).toSorted()).toEqual(
    ['<0>Tree</1> <2/> <3/> grows.', 'The "best" tree', 'Term', 'What it is', 'Oak', 'Our oak', 'The other'].toSorted(),
  );
  expect(
    await translated(markdown, text, {
      '<0>Tree</1> <2/> <3/> grows.': '<3/> <2/> wächst der <0>Baum</1>.',
      'The "best" tree': 'Der "beste" Baum',
      'What it is': 'Was es ist',
      'Our oak': "Uns're Eiche",
    }),
  ).toBe(
    '{% include note.html %} :smile: wächst der [Baum](a.html "Der \\"beste\\" Baum").\n\nTerm\n: Was es ist\n\n![Oak](b.png \'Uns\\\'re Eiche\')\n\n[x]: c.html "The other"\n',
  );
});

test('Markdown: colons of a time and of a field are no emoji', async () => {
  const text = 'It ended at 12:30:45 :tada:\n\n:Author: Jane Doe\n';
  expect(shown(await read(markdown, text))).toEqual(['It ended at 12:30:45 <0/>', ':Author: Jane Doe']);
});

test('plain text: what was typed at a prompt is left', async () => {
  const text = 'Type this:\n\n    $ tree --water the garden\n    jane@host:~$ ls the garden\n\nIt costs $4 then.\n';
  expect(texts(await read(txt, text))).toEqual(['Type this:', 'It costs $4 then.']);
});

test('HTML: the title of a style sheet names it, that of another link is read', async () => {
  const page = '<link rel="stylesheet" href="a.css" title="Dark style"><link rel="next" href="b" title="The next page">';
  expect(texts(await read(html, page))).toEqual(['The next page']);
});
