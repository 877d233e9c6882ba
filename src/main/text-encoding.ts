/** Bytes to text: UTF-8, or UTF-16 that says so. Nothing is guessed: a wrong guess would be translated without a word. */
export type DecodedText = { kind: 'text'; text: string } | { kind: 'unknown'; at: number };

export function decodeText(bytes: Uint8Array): DecodedText {
  const [encoding, mark] = encodingOf(bytes);
  try {
    return { kind: 'text', text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes.subarray(mark)) };
  } catch {
    return { kind: 'unknown', at: firstUndecodable(bytes.subarray(mark), encoding) + mark };
  }
}

function encodingOf([first, second, third]: Uint8Array): [encoding: 'utf-8' | 'utf-16le' | 'utf-16be', markBytes: number] {
  if (first === 0xff && second === 0xfe) return ['utf-16le', 2];
  if (first === 0xfe && second === 0xff) return ['utf-16be', 2];
  if (first === 0xef && second === 0xbb && third === 0xbf) return ['utf-8', 3];
  return ['utf-8', 0];
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
