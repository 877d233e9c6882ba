import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCsv, readTbx, writeCsv, writeTbx } from '../../../../src/main/memory/glossary-files';
import { readTmx, writeTmx } from '../../../../src/main/memory/tmx';
import { normalPair } from '../../../../src/main/memory/normal-pair';
import type { MemoryPair } from '../../../../src/shared/memory';

const EN_DE = { from: 'en', to: 'de' };
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tandem-exchange-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function tmx(content: string | Uint8Array) {
  const path = join(folder, 'm.tmx');
  writeFileSync(path, content);
  const all = [];
  for await (const part of readTmx(path)) all.push(...part);
  return all;
}

const memoryOf = (body: string, header = '<header srclang="en-US" segtype="sentence"/>') =>
  `<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">${header}<body>${body}</body></tmx>`;
const unit = (...variants: [string, string][]) =>
  `<tu changedate="20240517T140500Z">${variants.map(([language, seg]) => `<tuv xml:lang="${language}"><seg>${seg}</seg></tuv>`).join('')}</tu>`;

describe('a TMX file', () => {
  it('gives its sentences, by the plain names of their languages', async () => {
    expect(await tmx(memoryOf(unit(['en-GB', ' Tom &amp; Jerry '], ['de-AT', 'Tom und Jerry'], ['fr', 'Tom et Jerry'])))).toEqual([
      { from: 'en', to: 'de', source: ['Tom & Jerry'], translation: ['Tom und Jerry'], pairs: [], changedMs: Date.UTC(2024, 4, 17, 14, 5) },
      { from: 'en', to: 'fr', source: ['Tom & Jerry'], translation: ['Tom et Jerry'], pairs: [], changedMs: Date.UTC(2024, 4, 17, 14, 5) },
    ]);
  });

  it('gives both directions where it names no source', async () => {
    const found = await tmx(memoryOf(unit(['en', 'Yes'], ['de', 'Ja']), '<header srclang="*all*"/>'));
    expect(found).toMatchObject([
      { from: 'en', to: 'de' },
      { from: 'de', to: 'en' },
    ]);
  });

  it('keeps codes that both sides have, whatever is in them; what is highlighted is text', async () => {
    const source =
      'Press <bpt i="1">&lt;b&gt;</bpt><hi>Enter</hi><ept i="1">&lt;/b&gt;</ept> <ph x="1">{0}</ph><it pos="begin" x="9">x</it>';
    const target = '<ph x="1">{0}</ph> <bpt i="1"/>Enter<ept i="1"/> drücken<it pos="begin" x="9"/>';
    const [found] = await tmx(memoryOf(unit(['en', source], ['de', target])));
    expect(found).toMatchObject({
      source: ['Press ', { code: 0 }, 'Enter', { code: 1 }, ' ', { code: 2 }, { code: 3 }],
      translation: [{ code: 2 }, ' ', { code: 0 }, 'Enter', { code: 1 }, ' drücken', { code: 3 }],
    });
    if (found && 'pairs' in found)
      expect(normalPair(found).pairs).toEqual([
        [0, 1],
        [3, 4],
      ]);
  });

  it('keeps the text alone where codes differ', async () => {
    const [found] = await tmx(memoryOf(unit(['en', 'A <ph x="1"/>cat'], ['de', 'Eine <bpt i="1"/>Katze<ept i="1"/>'])));
    if (!found || !('pairs' in found)) throw new Error('no pair');
    expect(normalPair(found)).toEqual({ source: ['A cat'], translation: ['Eine Katze'], pairs: [] });
  });

  it('in UTF-16 is read too', async () => {
    const text = memoryOf(unit(['en', 'Yes'], ['de', 'Jä'])).replace('?>', ' encoding="UTF-16"?>');
    expect(await tmx(Buffer.from(`\ufeff${text}`, 'utf16le'))).toMatchObject([{ translation: ['Jä'] }]);
  });

  it('counts what it cannot give', async () => {
    expect(await tmx(memoryOf(unit(['en', 'Yes']) + unit(['en', '<ph/>'], ['de', 'Ja'])))).toEqual([
      { why: 'no text in two languages' },
      { why: 'no text in two languages' },
    ]);
  });

  it.each([
    [
      'with entities of its own',
      `<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx><body>&x;</body></tmx>`,
      'not to be trusted',
    ],
    ['that grows', `<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx>&b;</tmx>`, 'not to be trusted'],
    ['with an entity nobody declared', memoryOf(unit(['en', '&x;'], ['de', 'y'])), 'not well-formed'],
    ['that ends early', memoryOf('').slice(0, -10), 'not well-formed'],
    ['that is something else', '<html><body/></html>', 'begins with <html>'],
    ['that is empty', '', 'not well-formed'],
    ['nested too deep', `<tmx>${'<a>'.repeat(100)}`, 'nested'],
    ['that is no text', Buffer.from([0x3c, 0x74, 0xff, 0xfe, 0x80]), 'not utf-8'],
  ])('%s is refused', async (_what, content, message) => expect(tmx(content)).rejects.toThrow(message));

  it('written and read again says the same', async () => {
    const pair = (source: MemoryPair['source'], translation: MemoryPair['source'], pairs: MemoryPair['pairs']): MemoryPair => ({
      ...{ id: 1, ...EN_DE, source, translation, pairs },
      ...{ origin: 'machine', maker: 'pack <1>', changedMs: Date.UTC(2025, 1, 2, 3, 4, 5) },
    });
    const pairs = [
      pair(['a < b & c\u0001'], ['"x" > \'y\'\r\n'], []),
      pair(
        [{ code: 0 }, 'Bold', { code: 1 }, ' or', { code: 2 }, ' not', { code: 3 }],
        ['Nicht', { code: 3 }, { code: 2 }, ' oder ', { code: 0 }, 'fett', { code: 1 }],
        [
          [0, 1],
          [4, 3],
        ],
      ),
    ];
    const read = await tmx([...writeTmx(EN_DE, [pairs], '1.0')].join(''));
    expect(read).toMatchObject([
      { source: ['a < b & c\ufffd'], translation: ['"x" > \'y\''] },
      { ...EN_DE, changedMs: pairs[0]?.changedMs },
    ]);
    const [, coded] = read;
    if (!coded || !('pairs' in coded)) throw new Error('no pair');
    expect(normalPair(coded)).toEqual(normalPair(pairs[1] ?? coded));
  });

  it('of any size is read piece by piece', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => unit(['en', `Sentence ${at}`], ['de', `Satz ${at}`])).join('');
    writeFileSync(join(folder, 'm.tmx'), memoryOf(many));
    let parts = 0;
    let pairs = 0;
    for await (const part of readTmx(join(folder, 'm.tmx'))) {
      parts++;
      pairs += part.length;
    }
    expect(pairs).toBe(5000);
    expect(parts).toBeGreaterThan(5);
  });
});

describe('a glossary', () => {
  const terms = [
    { id: 1, ...EN_DE, source: 'server, big', target: 'Rechner "groß"', note: 'a\nb', matchCase: false },
    { id: 2, ...EN_DE, source: 'IT', target: 'EDV', note: '', matchCase: true },
  ];

  it('as CSV goes out and in', () => {
    const { terms: read, left } = readCsv(writeCsv(terms), EN_DE);
    expect(read.map(({ source, target, note, matchCase }) => ({ source, target, note, matchCase }))).toEqual(
      terms.map(({ source, target, note, matchCase }) => ({ source, target, note, matchCase })),
    );
    expect(left).toEqual([]);
  });

  it.each([
    ['commas', 'cat,Katze\ndog,Hund,not the Köter\n', 2],
    ['semicolons and a heading', '\ufeffen;de\r\ncat;Katze\r\n', 1],
    ['tabs', 'cat\tKatze', 1],
    ['a term and nothing', 'cat,\n,Katze\n--,Strich\n', 0],
  ])('is read from %s', (_what, text, expected) => expect(readCsv(text, EN_DE).terms.length).toBe(expected));

  it('of one column is none', () => expect(() => readCsv('cat\ndog\n', EN_DE)).toThrow('expected two'));

  it('as TBX goes out and in, in both directions', () => {
    const { terms: read } = readTbx(writeTbx(EN_DE, terms));
    expect(read.filter(({ from }) => from === 'en')).toMatchObject([
      { source: 'server, big', target: 'Rechner "groß"', note: 'a b', matchCase: false },
      { source: 'IT', target: 'EDV', matchCase: true },
    ]);
    expect(read.filter(({ from }) => from === 'de').map(({ source }) => source)).toEqual(['Rechner "groß"', 'EDV']);
  });

  it('as TBX of 2008 is read', () => {
    const text = `<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en"><text><body>
      <termEntry id="1"><langSet xml:lang="en-US"><tig><term>cat</term></tig></langSet><langSet xml:lang="de"><ntig><termGrp><term>Katze</term></termGrp></ntig></langSet></termEntry>
      <termEntry id="2"><langSet xml:lang="en"><tig><term>dog</term></tig></langSet></termEntry></body></text></martif>`;
    expect(readTbx(text)).toMatchObject({
      terms: [{ from: 'en', to: 'de', source: 'cat', target: 'Katze' }, { from: 'de' }],
      left: [{ why: 'no term in two languages' }],
    });
  });

  it.each(['<!DOCTYPE tbx [<!ENTITY x "y">]><tbx>&x;</tbx>', '<html/>', '<tbx>', 'cat,Katze'])('that is not TBX is refused: %s', (text) => {
    expect(() => readTbx(text)).toThrow();
  });
});
