/** Files that are damaged, locked, of another kind, or made to harm: each is refused with a reason. */
import { expect, test } from 'vitest';
import { docx } from '../../../../../src/main/documents/formats/docx';
import { epub } from '../../../../../src/main/documents/formats/epub';
import { odt } from '../../../../../src/main/documents/formats/odf';
import { xlsx } from '../../../../../src/main/documents/formats/xlsx';
import { refusalOf } from './invariants';
import { wordEntries, zipOf } from './sample';

const BODY = '<w:p><w:r><w:t>text</w:t></w:r></w:p>';
const word = (...more: Parameters<typeof zipOf>[0][number][]): Buffer => zipOf([...wordEntries(BODY), ...more]);
const compound = (mark: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(mark, 'utf16le')]);

const ZEROS = Buffer.alloc(32 * 1024 * 1024);
const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `x/${index}`, content: '', stored: true }));

test('the sample itself is read', async () => {
  expect(await refusalOf(docx, word())).toBeNull();
});

test.each<[string, Buffer, string]>([
  ['a bomb by ratio', word({ name: 'bomb.xml', content: ZEROS }), 'would unpack'],
  [
    'a bomb by sum',
    word(...Array.from({ length: 40 }, (_, index) => ({ name: `${index}.xml`, content: 'x', bytes: 15 * 1024 * 1024 }))),
    'at most',
  ],
  ['too many parts', word(...many), '10000'],
  ['a path that leads out', word({ name: '../../evil', content: '' }), 'leads out'],
  ['an absolute path', word({ name: '/etc/passwd', content: '' }), 'leads out'],
  ['a drive', word({ name: 'C:\\evil', content: '' }), 'leads out'],
  ['a link', word({ name: 'link', content: '/etc/passwd', madeBy: 3 << 8, externalAttributes: 0o120777 * 0x10000 }), 'is a link'],
  ['a name twice', word({ name: 'word/document.xml', content: '' }), 'twice'],
  ['an encrypted part', word({ name: 'a', content: 'a', flags: 1 }), 'locked with a password'],
  ['a document locked with a password', compound('EncryptedPackage'), 'locked with a password'],
  ['an old document', compound('WordDocument'), 'before 2007'],
  ['no archive', Buffer.from('just text'), 'no zip archive'],
  ['an archive that is no document', zipOf([{ name: 'a.txt', content: 'a' }]), 'a zip archive that is no document'],
  ['entities', zipOf(wordEntries(BODY, '<!DOCTYPE x [<!ENTITY a "b">]>')), 'declares entities'],
  ['an external entity', zipOf(wordEntries(BODY, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')), 'declares entities'],
  ['an unknown entity', zipOf(wordEntries('<w:p><w:r><w:t>&a;</w:t></w:r></w:p>')), 'stands for nothing known'],
  ['elements without end', zipOf(wordEntries('<w:p>'.repeat(600) + '</w:p>'.repeat(600))), 'nests its elements'],
  ['crossed elements', zipOf(wordEntries('<w:p><w:r></w:p></w:r>')), 'not well-formed'],
  ['a length that is not true', zipOf(wordEntries(BODY).map((entry) => ({ ...entry, bytes: 5 }))), 'damaged'],
])('%s', async (_name, bytes, reason) => {
  expect(await refusalOf(docx, bytes)).toContain(reason);
});

test('an archive cut off anywhere is refused', async () => {
  const whole = word();
  for (let length = 0; length < whole.length; length += 7) expect(await refusalOf(docx, whole.subarray(0, length))).not.toBeNull();
});

test('a part that lies over another is refused', async () => {
  const whole = Buffer.from(word());
  const directory = whole.readUInt32LE(whole.length - 6);
  const second = directory + 46 + whole.readUInt16LE(directory + 28);
  whole.writeUInt32LE(0, second + 42);
  expect(await refusalOf(docx, whole)).toMatch(/another name|lies over/);
});

test('a document of another kind is named', async () => {
  expect(await refusalOf(odt, word())).toContain('a Word document (.docx)');
  expect(await refusalOf(epub, word())).toContain('a Word document (.docx)');
  expect(await refusalOf(xlsx, zipOf([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true }]))).toContain(
    'an OpenDocument text (.odt)',
  );
});

test('an OpenDocument file with a password', async () => {
  const manifest =
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>';
  const mimetype = { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true };
  expect(await refusalOf(odt, zipOf([mimetype, { name: 'META-INF/manifest.xml', content: manifest }]))).toContain('locked with a password');
});

test('an e-book with copy protection', async () => {
  const encryption =
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></e:EncryptedData></encryption>';
  const mimetype = { name: 'mimetype', content: 'application/epub+zip', stored: true };
  expect(await refusalOf(epub, zipOf([mimetype, { name: 'META-INF/encryption.xml', content: encryption }]))).toContain('copy protection');
});
