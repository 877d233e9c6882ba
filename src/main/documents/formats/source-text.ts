/** The text of a text file, and the way back to its bytes. */
import { reason } from '../../reasons';
import { decodeText, encodeText } from '../../text-encoding';
import { DocumentError } from '../format';

export interface SourceText {
  /** Without a byte order mark; line endings as they are. */
  readonly text: string;
  /** In the encoding that was read. Throws `DocumentError` where that lacks a character. */
  encode(text: string): Uint8Array;
}

const LIMIT_MEBIBYTES = 64;
const HEAD_BYTES = 4096;

export interface Declaration {
  /** Finds the encoding that the file declares; the first group is its name. The first bytes are looked at, as Latin-1. */
  readonly pattern: RegExp;
  /** How the format writes a character that the encoding lacks; formats without a way to do so leave it out. */
  readonly substitute?: (character: string) => string;
}

export function readSourceText(bytes: Uint8Array, declaration?: Declaration): SourceText {
  if (bytes.length > LIMIT_MEBIBYTES * 1024 * 1024) {
    throw new DocumentError(
      reason`The file has ${Math.ceil(bytes.length / 1024 / 1024)} MB; a text document may have ${LIMIT_MEBIBYTES} MB. Split it.`,
    );
  }
  const declared = declaration?.pattern.exec(Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1'))?.[1];
  const source = decodeText(bytes, declared);
  if (source.kind === 'unknown') {
    throw new DocumentError(
      declared === undefined
        ? reason`The file is not UTF-8 or UTF-16 text (byte ${source.at}). Save it as UTF-8 in the program that wrote it.`
        : reason`The file is not UTF-8 or UTF-16 text (byte ${source.at}), and not ${declared} in single bytes either, which it declares. Save it as UTF-8 in the program that wrote it.`,
    );
  }
  const { text, encoding } = source;
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new DocumentError(reason`The file is not text: character ${nul} is a zero. Choose the document it was made from.`);
  const substitute =
    declaration?.substitute ??
    ((character: string): never => {
      throw new DocumentError(
        reason`The translation has “${character}”, which ${encoding.name}, the file's encoding, lacks. Save the file as UTF-8 and start again.`,
      );
    });
  return { text, encode: (changed) => encodeText(changed, encoding, substitute) };
}
