/**
 * Broken and hostile input: a document or a `DocumentError`, never a crash, never a hang. `MUTATIONS=10000` runs a longer search for both.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DocumentError } from '../../../../src/main/documents/format';
import { FORMATS } from '../../../../src/main/documents/known-formats';
import { xliff } from '../../../../src/main/documents/formats/xliff';
import { expectNoCrash, read } from './properties';

const MUTATIONS = Number(process.env['MUTATIONS'] ?? 200);
const LONGEST = 3000;
const MANY = 100_000;
const TEXT_FORMATS = ['txt', 'md', 'html', 'srt', 'vtt', 'po', 'xliff', 'json', 'yaml', 'csv', 'tsv'];
const formats = FORMATS.filter(({ id }) => TEXT_FORMATS.includes(id));

const XLIFF = `<?xml version="1.0"?><xliff version="1.2"><file><body><trans-unit id="a"><source>Hello <g id="1">big <x id="2"/>world</g>.</source></trans-unit>
<trans-unit id="b"><source>Bye &amp; good</source><target state="new"></target></trans-unit></body></file></xliff>`;

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function samples(id: string): Buffer[] {
  if (id === 'xliff') return [Buffer.from(XLIFF)];
  const folder = join('test/fixtures/documents', id === 'tsv' ? 'csv' : id);
  return readdirSync(folder).map((file) => readFileSync(join(folder, file)).subarray(0, LONGEST));
}

const SPICE = [
  '<',
  '>',
  '"',
  "'",
  '\\',
  '\n',
  '\r',
  '\0',
  '&',
  '{',
  '}',
  '[',
  ']',
  '(',
  '*',
  '_',
  '`',
  '-',
  ':',
  '#',
  '|',
  '\ud83d\ude00',
  '-->',
  '<!--',
  '\t',
];

function mutated(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * bytes.length);
  const length = Math.floor(random() * 20);
  const spice = Buffer.from(SPICE[Math.floor(random() * SPICE.length)] ?? '');
  switch (Math.floor(random() * 5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), spice, bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length }, () => spice), bytes.subarray(at + length)]);
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([Math.floor(random() * 256)]), bytes.subarray(at + 1)]);
  }
}

describe.each(formats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  test('mutations of real files', { timeout: 3_600_000 }, async () => {
    const random = seeded(7);
    const files = samples(id);
    let readable = 0;
    for (let count = 0; count < MUTATIONS; count++) {
      let bytes = files[count % files.length] ?? Buffer.alloc(0);
      for (let step = 0; step <= random() * 3; step++) bytes = mutated(bytes, random);
      if (await expectNoCrash(format, bytes)) readable++;
    }
    expect(readable).toBeGreaterThan(0);
  });

  test.each([
    ['nothing', ''],
    ['one letter', 'a'],
    ['a byte order mark alone', '\ufeff'],
    ['zeros', '\0'.repeat(100)],
    ['a long line', 'word '.repeat(MANY)],
    ['brackets', '['.repeat(MANY)],
    ['braces', '{"a":'.repeat(MANY)],
    ['quotes', '> '.repeat(MANY)],
    ['lists', '- '.repeat(MANY)],
    ['elements', '<b>'.repeat(MANY)],
    ['blocks', '<div>'.repeat(MANY)],
    ['XML elements', `<xliff version="1.2">${'<group>'.repeat(MANY)}`],
    ['emphasis', '*a **b '.repeat(MANY / 10)],
    ['open links', '[a]('.repeat(MANY / 10)],
    ['line breaks', '\n'.repeat(MANY)],
    ['quotation marks', '"'.repeat(MANY + 1)],
  ])('%s', async (_name, text) => {
    await expectNoCrash(format, Buffer.from(text));
  });

  test('bytes that are no text are refused', async () => {
    await expect(format.read(Buffer.from([0x48, 0x69, 0xff, 0xc3, 0x28]))).rejects.toThrow(DocumentError);
    await expect(format.read(Buffer.from('Hi\0there'))).rejects.toThrow(DocumentError);
  });
});

test.each([
  ['an external entity', '<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'],
  ['entities in entities', '<!DOCTYPE xliff [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', '&b;'],
])('XLIFF with %s is refused', async (_name, doctype, reference) => {
  await expect(read(xliff, doctype + XLIFF.replace(/^.*?\?>/, '').replace('Hello', reference))).rejects.toThrow(/document type/);
});
