import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { html } from '../../../../src/main/documents/formats/html';
import { json } from '../../../../src/main/documents/formats/json';
import { markdown } from '../../../../src/main/documents/formats/markdown';
import { vtt } from '../../../../src/main/documents/formats/vtt';
import { yaml } from '../../../../src/main/documents/formats/yaml';
import { formatOf } from '../../../../src/main/documents/known-formats';
import { renamed } from '../../../../src/main/documents/language-names';
import { ZipArchive } from '../../../../src/main/documents/zip';
import { EN_DE, read, shown, translated, upperInlines } from './properties';

test.each([
  ['en', 'de'],
  ['en-US', 'de-DE'],
  ['en_GB', 'de_DE'],
  ['EN', 'de'],
  ['fr', null],
  ['english', null],
  ['', null],
])('a name of the source language becomes one of the target language: %s', (name, expected) => {
  expect(renamed(name, EN_DE)).toBe(expected);
});

const PAGE = `<html lang="en-US" xml:lang='en'><head><meta http-equiv="Content-Language" content="en"><meta property="og:locale" content="en_US">
<script>var tag = '<p lang="en">';</script></head>
<body><p lang=en>The word <span lang="fr">bonjour</span> is <q lang="en">French</q>.</p><section lang="de"><p>Deutsch</p></section></body></html>`;

test('HTML: tags name the new language; what is in a third one is left', async () => {
  expect(shown(await read(html, PAGE))).toEqual(['The word <0/> is <1>French</2>.']);
  expect(await translated(html, PAGE, { 'The word <0/> is <1>French</2>.': 'Das Wort <0/> ist <1>Französisch</2>.' })).toBe(
    `<html lang="de-DE" xml:lang='de'><head><meta http-equiv="Content-Language" content="de"><meta property="og:locale" content="de_DE">
<script>var tag = '<p lang="en">';</script></head>
<body><p lang=de>Das Wort <span lang="fr">bonjour</span> ist <q lang="de">Französisch</q>.</p><section lang="de"><p>Deutsch</p></section></body></html>`,
  );
});

test('HTML: the bilingual page keeps what is in other languages', async () => {
  const translation = await translated(html, PAGE, { 'The word <0/> is <1>French</2>.': 'Das Wort <0/> ist <1>Französisch</2>.' });
  const both = await html.bilingual?.(Buffer.from(PAGE), Buffer.from(translation), EN_DE);
  expect(Buffer.from(both ?? []).toString()).toContain(
    '<span lang="en">The word <span lang="fr">bonjour</span> is <q lang="en">French</q>.</span><br><span lang="de">Das Wort <span lang="fr">bonjour</span>',
  );
});

test('HTML: a page that names no language is read as a whole', async () => {
  expect(shown(await read(html, '<p>The <i lang="fr">mot</i> here</p>'))).toEqual(['The <0>mot</1> here']);
});

test.each([
  [json, '{"@@locale": "en", "title": "My garden"}', 'My garden', '{"@@locale": "de", "title": "Mein Garten"}'],
  [json, '{"locale": "en", "title": "My garden"}', 'My garden', '{"locale": "en", "title": "Mein Garten"}'],
  [yaml, '# Rails\nen:\n  title: My garden\n', 'My garden', '# Rails\nde:\n  title: Mein Garten\n'],
  [yaml, 'en:\n  title: My garden\nfr:\n  title: x1\n', 'My garden', 'en:\n  title: Mein Garten\nfr:\n  title: x1\n'],
  [markdown, '---\nlang: "en"\n---\n\nMy garden\n', 'My garden', '---\nlang: "de"\n---\n\nMein Garten\n'],
  [
    vtt,
    'WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\nMy garden\n',
    'My garden',
    'WEBVTT\nLanguage: de\n\n00:01.000 --> 00:02.000\nMein Garten\n',
  ],
])('$id names the new language', async (format, text, source, expected) => {
  expect(await translated(format, text, { [source]: 'Mein Garten' })).toBe(expected);
});

test.each([
  ['docx/python-docx-par-hlink-frags.docx', /<w:lang [^>]*w:val="([^"]*)"/g, ['de-DE']],
  ['pptx/python-pptx-tbl-cell.pptx', /<a:(?:rPr|endParaRPr) [^>]*lang="([^"]*)"/g, ['de-DE']],
  ['odt/libreoffice-tdf88453-table.odt', /fo:language="([^"]*)" fo:country="([^"]*)"/g, ['de', 'DE', 'ru', 'RU', 'cs', 'CZ']],
  ['epub/epubcheck-valid.epub', /<dc:language[^>]*>([^<]*)</g, ['de']],
])('%s names the new language', async (file, name, expected) => {
  const bytes = readFileSync(join('test/fixtures/documents', file));
  const namesIn = async (archive: Uint8Array) => {
    const zip = ZipArchive.open(archive);
    const parts = zip.names.filter((part) =>
      /^(?:word\/(?:document|styles)|ppt\/slides\/[^/]*|content|styles|meta|.*\.opf)(?:\.xml)?$/.test(part),
    );
    const texts = await Promise.all(parts.map(async (part) => Buffer.from(await zip.read(part)).toString()));
    return [...new Set(texts.flatMap((text) => [...text.matchAll(name)].flatMap((found) => found.slice(1))))];
  };
  expect((await namesIn(bytes)).join()).toMatch(/^en/i);
  const document = await formatOf(file, bytes).read(bytes);
  const translations = new Map(document.blocks.map(({ inlines }, number) => [number, upperInlines(inlines)]));
  expect(await namesIn(await document.write(translations, EN_DE))).toEqual(expected);
  expect(await namesIn(await document.write(translations))).toEqual(await namesIn(bytes));
});
