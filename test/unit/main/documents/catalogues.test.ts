import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDocuments } from '../../../../src/main/documents/find-documents';
import type { Format } from '../../../../src/main/documents/format';
import { po } from '../../../../src/main/documents/formats/po';
import { xliff } from '../../../../src/main/documents/formats/xliff';
import { EN_DE, translated } from './properties';

const HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=3; plural=n;\\n"\n\n';

test('PO: empty entries are filled and marked fuzzy, translated ones stay', async () => {
  const text = `${HEADER}#: a.c:1\n#, c-format\nmsgid "Open %s\\n"\nmsgstr ""\n\nmsgid "Close"\nmsgstr "Zu"\n\n#, fuzzy\nmsgid "Save"\nmsgstr "Alt"\n`;
  expect(await translated(po, text, { 'Open %s': '%s öffnen', Save: 'Sichern' })).toBe(
    `${HEADER}#: a.c:1\n#, fuzzy, c-format\nmsgid "Open %s\\n"\nmsgstr "%s öffnen\\n"\n\nmsgid "Close"\nmsgstr "Zu"\n\n#, fuzzy\nmsgid "Save"\nmsgstr "Sichern"\n`,
  );
});

test('PO: the catalogue of a template is found with a name of its own, and is no document then', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-template-'));
  const wanted = { to: 'de', outputFolder: null, namePattern: '{name}_{lang}', skipExisting: false, reflowInto: 'docx' } as const;
  await writeFile(join(folder, 'app.pot'), HEADER);
  expect((await findDocuments([folder], wanted)).found).toMatchObject([{ output: join(folder, 'app_de.po') }]);
  await writeFile(join(folder, 'app_de.po'), HEADER);
  const { found, skipped } = await findDocuments([folder], { ...wanted, skipExisting: true });
  expect(found).toEqual([]);
  expect(skipped.map(({ why }) => why).toSorted()).toEqual(['it is the translation of “app.pot”', 'its translation is there already']);
  await rm(folder, { recursive: true });
});

test('PO: plural forms are filled, also those the file lacks', async () => {
  const text = `${HEADER}msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] ""\nmsgstr[1] ""\n`;
  expect(await translated(po, text, { '%d file': '%d Datei', '%d files': '%d Dateien' })).toBe(
    `${HEADER}#, fuzzy\nmsgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d Datei"\nmsgstr[1] "%d Dateien"\nmsgstr[2] "%d Dateien"\n`,
  );
});

const in12 = (units: string): string => `<?xml version="1.0"?>\n<xliff version="1.2"><file><body>\n${units}\n</body></file></xliff>\n`;

test('XLIFF 1.2: targets are added or filled with the codes of the source; final ones stay', async () => {
  const text = in12(
    '<trans-unit id="a">\n  <source>Hello <g id="1">big &amp; <x id="2"/>world</g>.</source>\n</trans-unit>\n' +
      '<trans-unit id="b"><source>Bye</source><target state="new"/></trans-unit>\n' +
      '<trans-unit id="c"><source>Done</source><target state="final">Fertig</target></trans-unit>',
  );
  expect(await translated(xliff, text, { 'Hello <0>big & <1/>world</2>.': 'Hallo <0><1/>Welt < Erde</2>.', Bye: 'Tschüss' })).toBe(
    in12(
      '<trans-unit id="a">\n  <source>Hello <g id="1">big &amp; <x id="2"/>world</g>.</source>\n' +
        '  <target state="needs-review-translation">Hallo <g id="1"><x id="2"/>Welt &lt; Erde</g>.</target>\n</trans-unit>\n' +
        '<trans-unit id="b"><source>Bye</source><target state="needs-review-translation">Tschüss</target></trans-unit>\n' +
        '<trans-unit id="c"><source>Done</source><target state="final">Fertig</target></trans-unit>',
    ),
  );
});

test('XLIFF 2.0: the segment says that it is translated', async () => {
  const unit = (segment: string): string =>
    `<xliff version="2.0" srcLang="en" trgLang="de"><file id="f"><unit id="u">${segment}</unit></file></xliff>`;
  const source = '<source>Press <pc id="1">OK</pc> <!-- note --><ph id="2"/> now &lt; then</source>';
  expect(
    await translated(xliff, unit(`<segment id="s">${source}</segment>`), {
      'Press <0>OK</1> <2/> now < then': '<2/> Jetzt <0>OK</1> drücken',
    }),
  ).toBe(unit(`<segment id="s" state="translated">${source}<target><ph id="2"/> Jetzt <pc id="1">OK</pc> drücken</target></segment>`));
});

test.each([
  [
    '1.2, none named',
    '<file original="a">',
    '<trans-unit id="a"><source>Bye</source></trans-unit>',
    '<file original="a" target-language="de">',
  ],
  ['1.2, another', "<file target-language='fr'>", '<trans-unit id="a"><source>Bye</source></trans-unit>', '<file target-language="de">'],
  [
    '1.2, a kind of it',
    '<file target-language="de-AT">',
    '<trans-unit id="a"><source>Bye</source></trans-unit>',
    '<file target-language="de-AT">',
  ],
  [
    '1.2, another that has translations',
    '<file target-language="fr">',
    '<trans-unit id="a"><source>Bye</source></trans-unit><trans-unit id="b"><source>Hi</source><target state="final">Salut</target></trans-unit>',
    '<file target-language="fr">',
  ],
])('XLIFF %s: the file names the language it gets', async (_name, file, units, expected) => {
  const page = (tag: string) => `<xliff version="1.2">${tag}<body>${units}</body></file></xliff>`;
  const document = await xliff.read(Buffer.from(page(file)));
  expect(document.blocks).toHaveLength(1);
  const written = Buffer.from(await document.write(new Map([[0, ['Tschüss']]]), EN_DE)).toString();
  expect(written).toContain(expected);
  expect(written).toContain('Tschüss');
  expect(Buffer.from(await document.write(new Map(), EN_DE)).toString()).toBe(page(file));
});

test('XLIFF 2.0 names it in its root', async () => {
  const text = '<xliff version="2.0" srcLang="en"><file id="f"><unit id="u"><segment><source>Bye</source></segment></unit></file></xliff>';
  const document = await xliff.read(Buffer.from(text));
  const written = Buffer.from(await document.write(new Map([[0, ['Tschüss']]]), EN_DE)).toString();
  expect(written).toContain('<xliff version="2.0" srcLang="en" trgLang="de">');
});

const POT = String.raw`msgid ""
msgstr ""
"Language: \n"
"Content-Type: text/plain; charset=ISO-8859-1\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"

msgid "Open the tree"
msgstr ""
`;

async function inGerman(translation: string, encoding: BufferEncoding, languages = EN_DE): Promise<string> {
  const document = await po.read(Buffer.from(POT));
  return Buffer.from(await document.write(new Map([[0, [translation]]]), languages)).toString(encoding);
}

test('PO: the header names the language and its plural forms', async () => {
  const written = await inGerman('Den Baum öffnen', 'latin1');
  expect(written).toContain(String.raw`"Language: de\n"`);
  expect(written).toContain(String.raw`"Plural-Forms: nplurals=2; plural=(n != 1);\n"`);
  expect(written).toContain('charset=ISO-8859-1');
  expect(written).toContain('msgstr "Den Baum öffnen"');
  expect(await inGerman('Ouvrir', 'latin1', { from: 'en', to: 'fr' })).toContain('plural=(n > 1);');
  const named = await translated(po, POT.replace('Language: ', 'Language: de'), { 'Open the tree': 'Den Baum öffnen' });
  expect(named).toContain(String.raw`"Plural-Forms: nplurals=2; plural=(n != 1);\n"`);
});

test('PO: a letter that the encoding lacks makes the file UTF-8', async () => {
  const written = await inGerman('„Baum“ öffnen', 'utf8');
  expect(written).toContain(String.raw`charset=UTF-8\n"`);
  expect(written).toContain('msgstr "„Baum“ öffnen"');
});

test('catalogues say which language their translations are in', async () => {
  const into = async (format: Format, text: string) => (await format.read(Buffer.from(text))).translatedInto;
  const named = POT.replace('Language: ', 'Language: es_AR');
  expect(await into(po, named)).toBeUndefined();
  expect(await into(po, `${named}\nmsgid "House"\nmsgstr "Casa"\n`)).toBe('es');
  expect(await into(po, `${named}\n#, fuzzy\nmsgid "House"\nmsgstr "Casa"\n`)).toBeUndefined();
  const unit = (target: string) =>
    `<xliff version="1.2"><file target-language="fr"><body><trans-unit id="a"><source>House</source>${target}</trans-unit></body></file></xliff>`;
  expect(await into(xliff, unit('<target>Maison</target>'))).toBe('fr');
  expect(await into(xliff, unit('<target>House</target>'))).toBeUndefined();
});
