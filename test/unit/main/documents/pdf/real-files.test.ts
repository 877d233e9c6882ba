/** Real PDFs of several makers (test/fixtures/documents/SOURCES-containers.md): nothing is lost, and what they flow into is a sound document. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Block } from '../../../../../src/main/documents/format';
import { pdf } from '../../../../../src/main/documents/formats/pdf';
import type { FlowBlock } from '../../../../../src/main/documents/pdf/flow';
import { withoutFurniture } from '../../../../../src/main/documents/pdf/furniture';
import { openPdf } from '../../../../../src/main/documents/pdf/pages';
import { reflowPdf } from '../../../../../src/main/documents/pdf/reflow';
import { pageTextOf, textOfSpans, type PageText } from '../../../../../src/main/documents/pdf/stretches';
import { textOf } from '../../../../../src/shared/inlines';
import { problemsOf, readFixture } from '../containers/invariants';

const REFUSED = ['libreoffice-PDFWithImages.pdf', 'locked.pdf'];
const NAMES = readdirSync(new URL('../../../../fixtures/documents/pdf/', import.meta.url)).filter((name) => !REFUSED.includes(name));
const { reflow } = pdf;
if (!reflow) throw new Error('PDFs are reflowed.');

const fixture = (name: string) => readFixture(`pdf/${name}`);

function flowText(blocks: readonly FlowBlock[]): string {
  const text = (block: FlowBlock): string => {
    if (block.kind === 'verbatim') return block.lines.join('\n');
    return block.kind === 'table' ? block.rows.flat().map(textOfSpans).join('\n') : textOfSpans(block.spans);
  };
  return blocks.map(text).join('\n');
}

/** How often each letter occurs, without those that mark items and number pages of contents. */
function letters(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const letter of text.match(/\p{L}/gu) ?? []) if (!/[abcdivx]/.test(letter)) counts[letter] = (counts[letter] ?? 0) + 1;
  return counts;
}

test.each(NAMES)('%s flows without a letter lost or doubled', async (name) => {
  const file = await openPdf(fixture(name));
  const pages: PageText[] = [];
  for await (const page of file.pages()) pages.push(pageTextOf(page));
  await file.close();
  const { flow, left } = await reflowPdf(fixture(name));
  // What repeats over pages is told, all else is there.
  const { pages: rest } = withoutFurniture(pages, bodySizeOf(pages));
  const read = rest.flatMap(({ stretches }) => stretches.map(({ spans }) => textOfSpans(spans))).join('\n');
  expect(letters(flowText(flow.blocks))).toEqual(letters(read));
  expect(left.map(({ what }) => what)).toContain('pictures and the layout of the pages');
});

function bodySizeOf(pages: readonly PageText[]): number {
  const counts = new Map<number, number>();
  for (const { size, spans } of pages.flatMap(({ stretches }) => stretches)) {
    const key = Math.round(size * 2) / 2;
    counts.set(key, (counts.get(key) ?? 0) + textOfSpans(spans).length);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

test.each(NAMES)('%s becomes a sound Word document, web page and Markdown file with the same texts', async (name) => {
  const texts: string[][] = [];
  for (const into of reflow.into) {
    const { bytes, document } = await reflow.read(fixture(name), into);
    expect(await problemsOf(into, bytes), into.id).toEqual([]);
    const own = document.blocks.slice(into.id === 'html' && isTitle(document.blocks) ? 1 : 0);
    // Markdown has bare addresses as codes, the others as text.
    texts.push(own.map(({ inlines }) => textOf(inlines).replace(/\s+/g, ' ').trim()).filter((text) => !/@|:\/\//.test(text)));
    expect(
      own.filter(({ place }) => !/^page \d+$/.test(place)),
      into.id,
    ).toEqual([]);
  }
  expect(texts[1]).toEqual(texts[0]);
  expect(texts[2]?.filter((text) => texts[0]?.includes(text)).length).toBeGreaterThan((texts[0]?.length ?? 0) * 0.97);
});

function isTitle([title, ...rest]: readonly Block[]): boolean {
  return title !== undefined && rest.some(({ inlines }) => textOf(inlines).startsWith(textOf(title.inlines)));
}
