/** What is read from real PDFs: order, paragraphs, headings, lists, tables, code, links, and what is said of the rest. */
import { expect, test } from 'vitest';
import { DocumentError } from '../../../../../src/main/documents/format';
import type { FlowBlock } from '../../../../../src/main/documents/pdf/flow';
import { reflowPdf, type ReflowedPdf } from '../../../../../src/main/documents/pdf/reflow';
import { textOfSpans } from '../../../../../src/main/documents/pdf/stretches';
import { readFixture } from '../containers/invariants';

const reflowed = (name: string): Promise<ReflowedPdf> => reflowPdf(readFixture(`pdf/${name}.pdf`));

/** Blocks as lines: `# heading`, `- item`, `| cell | cell`, code in backquotes, text as it is. */
function shown(blocks: readonly FlowBlock[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'heading':
        return [`${'#'.repeat(block.level)} ${textOfSpans(block.spans)}`];
      case 'item':
        return [`${block.mark.kind === 'bullet' ? '-' : `${block.mark.value}${block.mark.after}`} ${textOfSpans(block.spans)}`];
      case 'verbatim':
        return block.lines.map((line) => `\`${line}\``);
      case 'table':
        return block.rows.map((row) => `| ${row.map(textOfSpans).join(' | ')}`);
      default:
        return [textOfSpans(block.spans)];
    }
  });
}

const startingWith = (lines: readonly string[], start: string): string => lines.find((line) => line.startsWith(start)) ?? '';

test('two columns are read one after the other, with the table in the second where it belongs', async () => {
  const { flow, left } = await reflowed('latex-jacow-two-columns');
  const lines = shown(flow.blocks);
  expect(lines[0]).toBe('# PREPARATION OF PAPERS FOR JACoW CONFERENCES∗');
  // Over the line's end, without hyphens that are not the word's own.
  expect(startingWith(lines, 'Many conference series')).toMatch(
    /^Many conference series have adopted the same standards for electronic publication and have joined the Joint Accelerator Conferences Website/,
  );
  const order = [
    '## SUBMISSION OF PAPERS',
    '## MANUSCRIPTS',
    '| Margin | A4 Paper | US Letter Paper',
    '| Right | 20 mm (0.79 in) | 1.02 in (26 mm)',
  ];
  expect(order.map((line) => lines.indexOf(line))).toEqual([...order.map((line) => lines.indexOf(line))].sort((a, b) => a - b));
  expect(order.every((line) => lines.includes(line))).toBe(true);
  // From the foot of the first column to the head of the second.
  expect(startingWith(lines, 'In order to produce good Adobe')).toContain(
    'Times or Times New Roman fonts in standard, bold or italic form.',
  );
  // From one page to the next, over a figure's words.
  expect(startingWith(lines, '- Single-spaced text in two columns of 82.5 mm')).toMatch(/authors must change this to 1 line\.$/);
  expect(left.map(({ what }) => what)).toContain('2 passages');
});

test('a manual of LaTeX: title, contents without page numbers, headings by level, code, links, running titles out', async () => {
  const { flow, left } = await reflowed('latex-mpich-user');
  const lines = shown(flow.blocks);
  expect(lines).toEqual(
    expect.arrayContaining(['# Contents', '5.2 Extensions for All Process Management Environments', '# 3 Quick Start']),
  );
  expect(lines).toContain('## 2.1 Default Runtime Environment');
  expect(lines).toContain('`export PATH=/home/you/mpich-installed/bin:$PATH`');
  expect(lines.filter((line) => /\. \. \./.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('RUNNING PROGRAMS WITH MPIEXEC'))).toEqual([]);
  expect(left.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['headers, footers and page numbers of 16 pages', 'page numbers of 27 lines of contents']),
  );
  const links = flow.blocks.flatMap((block) => ('spans' in block ? block.spans : [])).filter(({ href }) => href !== null);
  expect(links.length).toBeGreaterThan(0);
  expect(links.every(({ href, text }) => /^(?:https?|mailto):/.test(href ?? '') && text.trim() === text)).toBe(true);
});

test('a manual page of groff: headings, bold and italic words, terms and what they mean', async () => {
  const { flow } = await reflowed('groff-graphviz-dot.1');
  const lines = shown(flow.blocks);
  expect(lines.slice(0, 3)).toEqual(['# NAME', expect.stringContaining('dot'), '# SYNOPSIS']);
  expect(lines).toContain('# DESCRIPTION');
  const [first] = flow.blocks.flatMap((block) =>
    block.kind === 'paragraph' && textOfSpans(block.spans).startsWith('dot draws') ? [block] : [],
  );
  expect(first?.spans.slice(0, 2)).toMatchObject([
    { text: 'dot', italic: true, bold: false },
    { text: expect.stringMatching(/^ draws directed graphs/) as unknown, italic: false },
  ]);
});

test('a report with a table: cells of several lines are whole, numbers stay in their columns', async () => {
  const { flow } = await reflowed('crystal-testTdf143959');
  const rows = flow.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => row.map(textOfSpans)) : []));
  expect(rows).toHaveLength(16);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([7]));
  expect(rows[1]).toEqual([
    '2',
    '1.2',
    'APLICACIÓN DE PINTURA CON EQUIPOS (2 CAPAS) EN CHIMENEA Y DUCTOS DE GASES DEL VTI',
    'M2',
    '225.00',
    '5.17',
    '1,163.25',
  ]);
});

test('a document of DocBook: lists, numbered headings, running titles that change with the chapter', async () => {
  const { flow } = await reflowed('dblatex-bzip2-manual');
  const lines = shown(flow.blocks);
  expect(lines).toContain('# 2. How to use bzip2');
  expect(lines).toContain('- bzip2recover - recovers data from damaged bzip2 files');
  expect(lines.filter((line) => /^\d+$/.test(line))).toEqual([]);
  expect(startingWith(lines, 'bzip2 compresses files using the Burrows-Wheeler block-sorting')).toMatch(/Huffman coding\./);
});

test('text by Cairo and by LibreOffice is whole paragraphs', async () => {
  const cairo = shown((await reflowed('cairo-security')).flow.blocks);
  expect(startingWith(cairo, 'Initially, Docutils was intended')).toMatch(
    /^Initially, Docutils was intended for command-line tools and single-user applications\. /,
  );
  const writer = await reflowed('libreoffice-annotations');
  expect(startingWith(shown(writer.flow.blocks), 'The quick, brown fox')).toContain('quiz graced by fox whelps. Bawds jog');
  expect(writer.left.find(({ what }) => what.endsWith('comments'))?.what).toMatch(/^\d+ comments$/);
});

test('text that is all of one width is text, not code', async () => {
  const { flow } = await reflowed('libreoffice-monospaced');
  expect(flow.blocks.filter(({ kind }) => kind === 'verbatim')).toEqual([]);
  const spans = flow.blocks.flatMap((block) => (block.kind === 'paragraph' ? block.spans : []));
  expect(spans.filter(({ mono }) => mono)).toEqual([]);
  expect(startingWith(shown(flow.blocks), 'Initially, Docutils was')).toMatch(
    /tools and single-user .* the Docutils software in your applications\.$/,
  );
});

test('a PDF that may be read but not copied is read as its programs show it', async () => {
  expect(shown((await reflowed('restricted')).flow.blocks)).toEqual(shown((await reflowed('libreoffice-PDFSearch')).flow.blocks));
});

test.each([
  ['one with a password', () => readFixture('pdf/locked.pdf'), /locked with a password.*save it without/],
  ['one of pictures', () => readFixture('pdf/libreoffice-PDFWithImages.pdf'), /has no text\. Its 2 pages are blank or pictures.*OCR/],
  ['one cut off', () => readFixture('pdf/libreoffice-PDFSearch.pdf').subarray(0, 900), /damaged.*Get the file again/],
  ['one that only begins as a PDF', () => Buffer.from('%PDF-1.7\nand then nothing'), /damaged/],
])('%s is refused with what to do', async (_name, bytes, message) => {
  const refusal = await reflowPdf(bytes()).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DocumentError);
  expect(refusal).toMatchObject({ message: expect.stringMatching(message) as unknown });
});

test('reading ends between two pages when it is told to', async () => {
  const controller = new AbortController();
  controller.abort(new Error('paused'));
  await expect(reflowPdf(readFixture('pdf/latex-mpich-user.pdf'), controller.signal)).rejects.toThrow('paused');
});
