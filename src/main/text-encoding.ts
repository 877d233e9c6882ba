/**
 * Bytes to text and back: UTF-8, UTF-16 that says so, or the single-byte encoding that the file itself declares. Nothing is guessed: a wrong
 * guess would be translated without a word.
 */

/** How a file's bytes stand for its text: what is needed to write more of the same. */
export interface Encoding {
  /** As `TextDecoder` names it. */
  readonly name: string;
  /** Whether the file begins with a byte order mark. The text never holds it. */
  readonly mark: boolean;
}

export type DecodedText = { kind: 'text'; text: string; encoding: Encoding } | { kind: 'unknown'; at: number };

/** `declared` is what the file says of itself inside; it is believed where there is no mark and the bytes are not UTF-8. */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const [name, markBytes] = markedEncoding(bytes);
  const body = bytes.subarray(markBytes);
  const text = decoded(body, name);
  const encoding = { name, mark: markBytes > 0 };
  if (!encoding.mark && declared !== undefined && (text === null || isAscii(text))) {
    const known = inSingleBytes(body, declared);
    if (known) return known;
  }
  return text === null ? { kind: 'unknown', at: firstUndecodable(body, name) + markBytes } : { kind: 'text', text, encoding };
}

/** `substitute` says what stands for a character that the encoding lacks; asked of single-byte encodings only. */
export function encodeText(text: string, { name, mark }: Encoding, substitute: (character: string) => string): Uint8Array {
  if (name === 'utf-8') return Buffer.from(mark ? `\ufeff${text}` : text, 'utf8');
  if (name === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (name === 'utf-16be') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  const bytesOf = singleBytes(name);
  const codes: number[] = [];
  for (const character of text) {
    const code = bytesOf.get(character);
    if (code !== undefined) codes.push(code);
    else for (const part of substitute(character)) codes.push(bytesOf.get(part) ?? 0x3f);
  }
  return Uint8Array.from(codes);
}

function markedEncoding([first, second, third, fourth]: Uint8Array): [name: 'utf-8' | 'utf-16le' | 'utf-16be', markBytes: number] {
  // Followed by two zeros it is the mark of UTF-32, which is not UTF-8 either and is refused as such.
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) return ['utf-16le', 2];
  if (first === 0xfe && second === 0xff) return ['utf-16be', 2];
  if (first === 0xef && second === 0xbb && third === 0xbf) return ['utf-8', 3];
  return ['utf-8', 0];
}

function decoded(bytes: Uint8Array, name: string): string | null {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** Null where the encoding is unknown, has more bytes a character, or where writing would not give the same bytes. */
function inSingleBytes(bytes: Uint8Array, declared: string): DecodedText | null {
  let name: string;
  try {
    name = new TextDecoder(declared).encoding;
  } catch {
    return null;
  }
  if (name.startsWith('utf-')) return null;
  const text = decoded(bytes, name);
  const encoding = { name, mark: false };
  if (text === null || !Buffer.from(encodeText(text, encoding, () => '')).equals(bytes)) return null;
  return { kind: 'text', text, encoding };
}

/** Byte by character. Bytes that stand for nothing alone are left out. */
function singleBytes(name: string): Map<string, number> {
  const decoder = new TextDecoder(name);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  return new Map(bytes.map((byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const).filter(([character]) => character !== '\ufffd'));
}

/** Index of the first byte of what cannot be decoded, by halving: the longest start that decodes as part of a stream. */
function firstUndecodable(bytes: Uint8Array, encoding: string): number {
  let good = 0;
  let bad = bytes.length;
  while (good < bad) {
    const middle = Math.ceil((good + bad) / 2);
    if (decodes(bytes.subarray(0, middle), encoding)) good = middle;
    else bad = middle - 1;
  }
  return good;
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
