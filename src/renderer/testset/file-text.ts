/** The bytes of a file → text and its lines. Refuses what is not text, and says in which line. Pure. */
import { formatBytes } from '../units';
import { t } from '../i18n/i18n';
import { MOST_BYTES, TestSetProblem, type TestFile } from './test-set';

/** Without the end that a last line may have. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** UTF-8, or UTF-16 where a byte order mark says so. Throws TestSetProblem. */
export function textOf({ name, bytes }: TestFile): string {
  if (bytes.length > MOST_BYTES) {
    throw new TestSetProblem(() => t('testset.tooLarge', { file: name, size: formatBytes(bytes.length), limit: formatBytes(MOST_BYTES) }));
  }
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    const line = brokenLine(bytes);
    throw new TestSetProblem(() => t('testset.notUtf8', { file: name, line }));
  }
}

/** The first line that is not UTF-8, from 1. */
function brokenLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}
