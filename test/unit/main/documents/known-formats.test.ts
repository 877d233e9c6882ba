import { expect, test } from 'vitest';
import { DocumentError } from '../../../../src/main/documents/format';
import { FORMATS, formatOf } from '../../../../src/main/documents/known-formats';

const text = Buffer.from('Hello.\n');

test('the name says the format', () => {
  for (const format of FORMATS) {
    const content = format.id === 'txt' ? text : null;
    if (content) for (const extension of format.extensions) expect(formatOf(`/a.b/Name.${extension.toUpperCase()}`, content)).toBe(format);
  }
  expect(formatOf('a.txt', Buffer.from('\ufeffHello', 'utf16le')).id).toBe('txt');
});

test('no two formats share an extension', () => {
  const extensions = FORMATS.flatMap((format) => format.extensions);
  expect(new Set(extensions).size).toBe(extensions.length);
});

test.each([
  ['an unknown extension', 'a.xyz', text, /“a\.xyz” ends in “\.xyz”.*Known are .*\.txt/],
  ['no extension', 'README', text, /has no extension/],
  ['an empty file', 'a.txt', new Uint8Array(), /is empty: 0 bytes/],
  ['a zip archive', 'a.txt', Buffer.from('PK\x03\x04rest'), /by its content, a zip archive.*Plain text \(text\) was expected/],
  ['a PDF', 'a.txt', Buffer.from('%PDF-1.7\n'), /a PDF/],
  ['an old Word document', 'a.txt', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /before 2007/],
  ['an image', 'a.txt', Buffer.from('89504e470d0a1a0a', 'hex'), /an image/],
  ['a program', 'a.txt', Buffer.from('\x7fELF\x02\x01\x01\0\0\0'), /not text/],
])('%s is refused with what to do', (_name, name, bytes, message) => {
  expect(() => formatOf(name, bytes)).toThrow(DocumentError);
  expect(() => formatOf(name, bytes)).toThrow(message);
});
