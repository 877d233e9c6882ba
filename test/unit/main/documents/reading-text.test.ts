import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../../../src/main/documents/format';
import { readingText } from '../../../../src/main/documents/reading-text';

const fixture = (path: string) => readFileSync(`test/fixtures/documents/${path}`);
const textOf = (path: string) => readingText(path, fixture(path));

describe('readingText', () => {
  it('gives plain text and Markdown as they stand, and text of any other name', async () => {
    for (const path of ['txt/16-security.txt', 'md/02-diagnosticschannel.md'])
      expect(await textOf(path)).toBe(fixture(path).toString('utf8'));
    expect(await readingText('README', fixture('txt/16-security.txt'))).toBe(fixture('txt/16-security.txt').toString('utf8'));
    expect(await readingText('a.log', Buffer.from('\ufeffOne.', 'utf16le'))).toBe('One.');
  });

  it('gives the paragraphs of documents in reading order', async () => {
    const page = await textOf('html/05-mailing-lists.html');
    expect(page).toMatch(/^Docutils Mailing Lists\n\n/);
    expect(page).not.toMatch(/[<>]\w|\{|\n{3}| {2}/);
    const paragraphs = (await textOf('docx/libreoffice-FDO76248.docx')).split('\n\n');
    expect(paragraphs.length).toBeGreaterThan(1);
    expect(await textOf('epub/epubjs-alice_without_cover.epub')).toMatch(
      /\n\nCopyright, 1916, By Sam'l Gabriel Sons & Company New York\n\n/,
    );
  });

  it('keeps words apart that a picture or line break parts', async () => {
    const html = '<!doctype html><p>One ran.<br>Two <b>r</b>an <img src="a.png" alt="">away.</p>';
    expect(await readingText('a.html', Buffer.from(html))).toBe('One ran. Two ran away.');
  });

  it.each([
    ['a.pdf2', Buffer.from([0xff, 0xfe - 2, 0xc3, 0x28]), /no format known here/],
    ['a.txt', Buffer.alloc(0), /empty/],
    ['a.txt', Buffer.from([0x41, 0xc3, 0x28]), /not UTF-8 or UTF-16 text \(byte 2\)/],
    ['a.docx', Buffer.from('plain'), /plain text/],
  ])('refuses %s', async (name, bytes, message) => {
    const reading = readingText(name, bytes);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(DocumentError);
  });
});
