import { expect, test } from 'vitest';
import type { Inlines } from '../../../../../src/shared/inlines';
import { docx } from '../../../../../src/main/documents/formats/docx';
import { partsOf } from './invariants';
import { wordEntries, zipOf } from './sample';

const BOLD = '<w:rPr><w:b/></w:rPr>';
const run = (text: string, properties = ''): string => `<w:r>${properties}<w:t xml:space="preserve">${text}</w:t></w:r>`;

const open = (body: string) => docx.read(zipOf(wordEntries(body)));

async function bodyAfter(body: string, ...translations: Inlines[]): Promise<string> {
  const written = await (await open(body)).write(new Map(translations.map((inlines, number) => [number, inlines])));
  const part = Buffer.from((await partsOf(written)).get('word/document.xml') ?? '', 'latin1').toString();
  return /<w:body>(.*)<\/w:body>/s.exec(part)?.[1] ?? '';
}

test('what looks unlike the most of a paragraph is a pair of codes, and keeps its look', async () => {
  const body = `<w:p>${run('Press ')}${run('Save', BOLD)}${run(' to keep it.')}</w:p>`;
  const { blocks } = await open(body);
  expect(blocks).toEqual([
    {
      inlines: ['Press ', { code: 0 }, 'Save', { code: 1 }, ' to keep it.'],
      codes: [
        { kind: 'open', close: 1 },
        { kind: 'close', open: 0 },
      ],
      place: '',
    },
  ]);
  expect(await bodyAfter(body, [{ code: 0 }, 'Sichern', { code: 1 }, ' behält es.'])).toBe(
    `<w:p>${run('Sichern', BOLD)}${run(' behält es.')}</w:p>`,
  );
});

test('runs that differ only in language, revision or spelling marks are one text', async () => {
  const body =
    '<w:p><w:r w:rsidR="00A"><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t>colo</w:t></w:r><w:proofErr w:type="spellStart"/>' +
    '<w:r w:rsidR="00B"><w:rPr><w:noProof/></w:rPr><w:t>ur</w:t></w:r></w:p>';
  expect((await open(body)).blocks.map(({ inlines }) => inlines)).toEqual([['colour']]);
});

test('a paragraph that is bold throughout needs no codes', async () => {
  const body = `<w:p>${run('Warning', BOLD)}</w:p>`;
  expect((await open(body)).blocks[0]?.codes).toEqual([]);
  expect(await bodyAfter(body, ['Warnung'])).toBe(`<w:p>${run('Warnung', BOLD)}</w:p>`);
});

test('tabs, breaks and page numbers are codes; a link is a pair; text is escaped', async () => {
  const field = (instruction: string, result: string): string =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r>` +
    `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  const body = `<w:p>${run('See ')}${field('HYPERLINK "http://a"', 'here')}${run(' or page ')}${field('PAGE', 'seven')}${run(' &amp;')}<w:r><w:br/></w:r>${run('on')}</w:p>`;
  const { blocks, left } = await open(body);
  expect(blocks[0]?.inlines).toEqual(['See ', { code: 0 }, 'here', { code: 1 }, ' or page ', { code: 2 }, ' &', { code: 3 }, 'on']);
  expect(left.map(({ what }) => what)).toEqual(['1 field']);
  const written = await bodyAfter(body, [{ code: 0 }, 'a < b', { code: 1 }, { code: 2 }, { code: 3 }, 'weiter']);
  expect(written).toContain('a &lt; b');
  expect(written).toContain(`${run('seven')}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:br/></w:r>${run('weiter')}`);
});

test('deleted text is left, inserted text is read', async () => {
  const body = `<w:p>${run('Keep ')}<w:del w:id="1"><w:r><w:delText>not </w:delText></w:r></w:del><w:ins w:id="2">${run('all')}</w:ins>${run(' of it')}</w:p>`;
  const document = await open(body);
  expect(document.blocks[0]?.inlines.filter((inline) => typeof inline === 'string')).toEqual(['Keep ', 'all', ' of it']);
  expect(document.left.map(({ what }) => what)).toEqual(['1 deleted or moved passage']);
});

test('both forms of a text box are one block and are written alike, also when the paragraph around them changes', async () => {
  const box = (text: string): string => `<w:txbxContent><w:p>${run(text)}</w:p></w:txbxContent>`;
  const both = (text: string): string =>
    `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${box(text)}</mc:Choice><mc:Fallback>${box(text)}</mc:Fallback></mc:AlternateContent></w:r>`;
  const body = `<w:p>${run('Around ')}${both('inside')}${run(' it')}</w:p>`;
  expect((await open(body)).blocks.map(({ place }) => place)).toEqual(['', 'text box']);
  expect(await bodyAfter(body, ['Um ', { code: 0 }, ' herum'], ['innen'])).toBe(`<w:p>${run('Um ')}${both('innen')}${run(' herum')}</w:p>`);
});

test('a picture is described in a block of its own; a file name is no description', async () => {
  const picture = (text: string): string =>
    `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="${text}"/></wp:inline></w:drawing></w:r></w:p>`;
  const body = picture('A red &quot;house&quot;') + picture('house.png');
  expect((await open(body)).blocks).toEqual([{ inlines: ['A red "house"'], codes: [], place: 'picture description' }]);
  expect(await bodyAfter(body, ['Ein "Haus"'])).toContain('descr="Ein &quot;Haus&quot;"');
});

test('codes missing, twice or crossed are refused', async () => {
  const document = await open(`<w:p>${run('a ')}${run('b', BOLD)}${run(' much longer')}</w:p>`);
  for (const inlines of [['a'], [{ code: 0 }, { code: 0 }, { code: 1 }], [{ code: 1 }, 'b', { code: 0 }]]) {
    await expect(document.write(new Map([[0, inlines]]))).rejects.toThrow(
      /^The translation of block 1 would break the formatting: got .*codes /,
    );
  }
});

test('characters that XML cannot hold do not break the document', async () => {
  const body = `<w:p>${run('text')}</w:p>`;
  expect(await bodyAfter(body, ['a\0b\ud800c'])).toBe(`<w:p>${run('a\ufffdb\ufffdc')}</w:p>`);
});
