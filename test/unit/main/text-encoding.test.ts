import { expect, test } from 'vitest';
import { decodeText } from '../../../src/main/text-encoding';

const TEXT = 'Grüße 🌍\r\n';
const utf16le = Buffer.from(TEXT, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(TEXT)])],
  ['UTF-16LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le])],
  ['UTF-16BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be])],
])('%s', (_name, bytes) => {
  expect(decodeText(bytes)).toMatchObject({ kind: 'text', text: TEXT });
});

test('an empty file is an empty text', () => {
  expect(decodeText(new Uint8Array())).toMatchObject({ kind: 'text', text: '' });
});

test('bytes of another encoding are named, not guessed', () => {
  expect(decodeText(Buffer.from('Grüße', 'latin1'))).toEqual({ kind: 'unknown', at: 2 });
  expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from([0x00, 0xd8])]))).toMatchObject({ kind: 'unknown' });
  expect(decodeText(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))).toMatchObject({ kind: 'unknown' }); // UTF-32
});
