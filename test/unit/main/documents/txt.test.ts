import { expect, test } from 'vitest';
import { txt } from '../../../../src/main/documents/formats/txt';
import { read, texts, translated } from './properties';

const WRAPPED = [
  'The quick brown fox jumps over the lazy dog, and then it goes home to',
  'sleep. In the morning it will be hungry again, and the dog knows that',
  'very well.',
];
const WRAPPED_TEXT = WRAPPED.join(' ');

test('a paragraph that was wrapped by hand is one block, and is wrapped to its width again', async () => {
  const text = `Title\n\n${WRAPPED.join('\n')}\n\nEnd\n`;
  expect(texts(await read(txt, text))).toEqual(['Title', WRAPPED_TEXT, 'End']);
  const german =
    'Der schnelle braune Fuchs springt über den faulen Hund und geht dann nach Hause, um zu schlafen. Am Morgen hat er wieder Hunger.';
  expect(await translated(txt, text, { [WRAPPED_TEXT]: german })).toBe(
    'Title\n\nDer schnelle braune Fuchs springt über den faulen Hund und geht dann\nnach Hause, um zu schlafen. Am Morgen hat er wieder Hunger.\n\nEnd\n',
  );
});

test('verses, addresses and lists are a block a line; bullets, numbers and indentation stay', async () => {
  const text = 'Roses are red,\nviolets are blue\n\n  Jane Doe\n  12 Main Street\n\n - first\n 2. second\n\t* third\n(a) fourth\n';
  expect(texts(await read(txt, text))).toEqual([
    'Roses are red,',
    'violets are blue',
    'Jane Doe',
    '12 Main Street',
    'first',
    'second',
    'third',
    'fourth',
  ]);
  expect(await translated(txt, text, { second: 'zweitens', third: 'drittens' })).toContain(' 2. zweitens\n\t* drittens\n');
});

test('list items and quoted mail that were wrapped keep their edge', async () => {
  const [first = '', second = '', third = ''] = WRAPPED;
  const item = ` * ${first}\n   ${second}\n   ${third}\n * next\n`;
  expect(texts(await read(txt, item))).toEqual([WRAPPED_TEXT, 'next']);
  expect(await translated(txt, item, { [WRAPPED_TEXT]: `${'word '.repeat(30)}end` })).toMatch(
    /^ \* word( word)+\n( {3}word( word)+\n)+ {3}(word )+end\n \* next\n$/,
  );
  const mail = `> ${first}\n> ${second}\n> ${third}\n`;
  expect(texts(await read(txt, mail))).toEqual([WRAPPED_TEXT]);
  expect(await translated(txt, mail, { [WRAPPED_TEXT]: 'word '.repeat(30) })).toMatch(/^(> word( word)*\n)+$/);
});

test('a line is never broken before what would be read as a bullet', async () => {
  const german = `${'a'.repeat(66)} - nicht als Punkt und auch nicht als ${'b'.repeat(33)} 3. Zahl oder sonst etwas.`;
  const written = await translated(txt, `${WRAPPED.join('\n')}\n`, { [WRAPPED_TEXT]: german });
  expect(texts(await read(txt, written)).join(' ')).toBe(german);
});

test('columns are cells', async () => {
  expect(texts(await read(txt, 'Name      Meaning\nfoo       a thing\tand more\nChapter one ........ 12\n'))).toEqual([
    'Name',
    'Meaning',
    'foo',
    'a thing',
    'and more',
    'Chapter one',
  ]);
});

test('line endings, byte order mark and encoding stay', async () => {
  const text = `${WRAPPED.join('\r\n')}\r\n\r\nEnd`;
  const utf16 = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
  const document = await txt.read(utf16);
  expect(texts(document)).toEqual([WRAPPED_TEXT, 'End']);
  const written = Buffer.from(await document.write(new Map([[1, ['Ende 🌍']]])));
  expect(written.subarray(0, 2)).toEqual(Buffer.from([0xfe, 0xff]));
  expect(written.swap16().toString('utf16le').slice(1)).toBe(`${WRAPPED.join('\r\n')}\r\n\r\nEnde 🌍`);
  expect(await translated(txt, '\ufeffOne\rTwo', { Two: 'Zwei' })).toBe('\ufeffOne\rZwei');
});

test('a line break in a translation does not break the paragraph', async () => {
  expect(await translated(txt, 'One.\n', { 'One.': 'Eins.\n\nZwei.' })).toBe('Eins. Zwei.\n');
});
