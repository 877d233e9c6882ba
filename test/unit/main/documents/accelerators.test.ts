/** Keys of menus and buttons in tables of strings: away from what is translated, back in what is written. */
import { expect, test } from 'vitest';
import { json } from '../../../../src/main/documents/formats/json';
import { po } from '../../../../src/main/documents/formats/po';
import { xliff } from '../../../../src/main/documents/formats/xliff';
import { yaml } from '../../../../src/main/documents/formats/yaml';
import { read, translated } from './properties';

const HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n';

test.each([
  ['&File', 'File', 'Datei', '&Datei'],
  ['&&File', 'File', 'Fichier', '&&Fichier'],
  ['Save &As…', 'Save As…', 'Speichern als…', 'Speichern &als…'],
  ['E&xit', 'Exit', 'Beenden', '&Beenden'],
  ['_Open', 'Open', 'Öffnen', '_Öffnen'],
  ['E_xit', 'Exit', 'Exit jetzt', 'E_xit jetzt'],
  ['Open _file', 'Open file', 'Datei öffnen', 'Datei ö_ffnen'],
  ['~Help', 'Help', 'Aide', '~Aide'],
  // Nothing that must survive carries the mark; one that a person put stays.
  ['&Open {name}', 'Open {name}', '{name} öffnen', '{name} &öffnen'],
  ['&File', 'File', 'Da&tei', 'Da&tei'],
  // No letter with a key of its own.
  ['&Find…', 'Find…', '検索…', '検索(&F)…'],
])('%s is translated as “%s”, and “%s” is written as %s', async (source, shown, translation, written) => {
  const text = JSON.stringify({ menu: 'Many words for a table.', item: source });
  expect(await translated(json, text, { [shown]: translation })).toBe(JSON.stringify({ menu: 'Many words for a table.', item: written }));
});

test.each([
  'R&D',
  'Drag&drop pictures',
  'Copy&Paste is here',
  'Find rock&roll',
  'AT&T and friends',
  'Fish &amp; chips',
  'Look at a?b=1&c=2',
  'Rename file_name now',
  '_both_ of them',
  'About ~5 minutes',
  'See ~/notes today',
])('“%s” has none', async (text) => {
  const [block] = (await read(po, `${HEADER}msgid "${text}"\nmsgstr ""\n`)).blocks;
  expect(block?.inlines).toEqual([text]);
});

test('in every table of strings', async () => {
  expect(await translated(po, `${HEADER}msgid "_Open file"\nmsgstr ""\n`, { 'Open file': 'Datei öffnen' })).toContain(
    'msgstr "Datei _öffnen"',
  );
  expect(await translated(yaml, 'menu: "&File menu"\n', { 'File menu': 'Menü Datei' })).toBe('menu: "&Menü Datei"\n');
  const unit =
    '<xliff version="1.2"><file><body><trans-unit id="a"><source>&amp;Bold <g id="1">text</g></source></trans-unit></body></file></xliff>';
  expect(await translated(xliff, unit, { 'Bold <0>text</1>': '<0>Text</1> in Fett' })).toContain('<g id="1">&amp;Text</g> in Fett');
});
