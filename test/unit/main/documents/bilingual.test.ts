import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../../src/main/documents/format';
import { docx } from '../../../../src/main/documents/formats/docx';
import { html } from '../../../../src/main/documents/formats/html';
import { markdown } from '../../../../src/main/documents/formats/markdown';
import { txt } from '../../../../src/main/documents/formats/txt';
import { EN_DE, inCapitals, texts, upper } from './properties';

async function bilingual(format: Format, source: string): Promise<string> {
  const { written } = await inCapitals(format, Buffer.from(source));
  const both = await format.bilingual?.(Buffer.from(source), written, EN_DE);
  return Buffer.from(both ?? []).toString();
}

describe('a bilingual file', () => {
  it('of plain text has paragraph by paragraph', async () => {
    expect(await bilingual(txt, 'One.\r\nTwo.\r\n\r\n42\r\n\r\nThree.\r\n')).toBe(
      'One.\r\nTwo.\r\n\r\nONE.\r\nTWO.\r\n\r\n42\r\n\r\nThree.\r\n\r\nTHREE.\r\n',
    );
  });

  it('of Markdown has block by block, lists apart, code once', async () => {
    const source = '---\ntitle: Hello\n---\n# Hi\nText with *bold*.\n\n- one\n- two\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n';
    expect(await bilingual(markdown, source)).toBe(
      '---\ntitle: HELLO\n---\n# Hi\n\n# HI\nText with *bold*.\n\nTEXT WITH *BOLD*.\n\n- one\n- two\n\n<!-- -->\n\n- ONE\n- TWO\n\n' +
        '```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n| A | B |\n|---|---|\n| C | D |\n',
    );
  });

  it('of a web page has both in one place, names of elements once, titles translated', async () => {
    const source = '<title>Hi</title><p id="p">One <a id="x" href="#">link</a>.</p><ul><li>Two<img alt="three"></ul><td>4</td>';
    expect(await bilingual(html, source)).toBe(
      '<title>HI</title><p id="p"><span lang="en">One <a id="x" href="#">link</a>.</span><br><span lang="de">ONE <a href="#">LINK</a>.</span></p>' +
        '<ul><li><span lang="en">Two</span><br><span lang="de">TWO</span><img alt="THREE"></ul><td>4</td>',
    );
  });
});

const FOLDER = resolve('test/fixtures/documents');
const files = (kind: string) => readdirSync(join(FOLDER, kind)).map((name) => [name, join(FOLDER, kind, name)] as const);
/** Many paragraphs with tracked changes, or form fields of one line. */
const TRANSLATION_ALONE = new Set(['poi-delins.docx', 'poi-60316.docx', 'poi-Bug54849.docx', 'poi-Bug55142.docx']);

/** A page in German leaves what it says is in English alone. */
const inOneLanguage = (page: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(page)
      .toString('latin1')
      .replaceAll(/<span lang="en"(?: xml:lang="en")?>/g, '<span>'),
    'latin1',
  );

const bare = (all: readonly string[]) => all.map((text) => text.replace(/\s+/g, ' ').trim());

describe.each([
  [docx, 'docx'],
  [html, 'html'],
  [markdown, 'md'],
  [txt, 'txt'],
] as const)('of real files', (format, kind) => {
  it.each(files(kind))(`${kind}: %s holds all of the translation, and of the body's source`, async (name, path) => {
    const bytes = readFileSync(path);
    const { before, written, after } = await inCapitals(format, bytes);
    const both = await format.bilingual?.(bytes, written, EN_DE);
    const found = bare(texts(await format.read(inOneLanguage(both ?? new Uint8Array()))));
    const whole = found.join(' ');
    // A picture stays with the source's paragraph, and its description with it.
    const translated = bare(texts(after)).filter((_text, at) => after.blocks[at]?.place === '');
    for (const text of translated) expect(whole).toContain(text);
    if (TRANSLATION_ALONE.has(name)) return;
    // A web page's paragraph and its translation are one paragraph with a line between.
    const isBody = (at: number) => before.blocks[at]?.place === '' && !text(at).includes('|');
    const text = (at: number) => bare(texts(before))[at] ?? '';
    const body = before.blocks.map((_block, at) => at).filter((at) => isBody(at) && upper(text(at)) !== text(at));
    const kept = body.filter((at) => whole.includes(text(at)));
    expect(kept.length).toBeGreaterThanOrEqual(Math.floor(body.length * 0.9));
  });
});
