/**
 * The fuses of an Electron program, read from its file: a marker, the version of the list, its length, and a digit for each fuse. What
 * the build sets stands in electron-builder.yml; this tells what the program that runs really has.
 */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Fuse } from '../../shared/privacy';

/** In the order of the list, as electron-builder.yml names them; whether the published app has it on. Others are Electron's to choose. */
const FUSES: readonly (readonly [name: string, isMeantOn: boolean] | null)[] = [
  ['runAsNode', false],
  ['enableCookieEncryption', true],
  ['enableNodeOptionsEnvironmentVariable', false],
  ['enableNodeCliInspectArguments', false],
  ['enableEmbeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  null,
  ['grantFileProtocolExtraPrivileges', false],
];

/** Put together here, so that no file but Electron's own holds it whole. */
const MARKER = Buffer.from(['dL7pKGdnNz796Pbb', 'jQWNKmHXBZaB9tsX'].join(''));
const VERSION = 1;
const ON = '1'.charCodeAt(0);
const PIECE_BYTES = 4 * 1024 * 1024;
const WIRE_BYTES = MARKER.length + 2 + FUSES.length;

/** Null: the program holds no list of fuses that is known here. Throws what reading the file throws. */
export async function readFuses(program: string): Promise<Fuse[] | null> {
  const file = await open(program);
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    // Pieces overlap by what could be cut in two.
    for (let at = 0; ; at += PIECE_BYTES - WIRE_BYTES) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, at);
      const found = piece.subarray(0, bytesRead).indexOf(MARKER);
      if (found >= 0 && found + WIRE_BYTES <= bytesRead) return fusesOf(piece.subarray(found + MARKER.length));
      if (bytesRead < PIECE_BYTES) return null;
    }
  } finally {
    await file.close();
  }
}

function fusesOf(wire: Buffer): Fuse[] | null {
  const [version, length = 0] = wire;
  if (version !== VERSION) return null;
  return FUSES.slice(0, length).flatMap((fuse, at) =>
    fuse === null ? [] : [{ name: fuse[0], isOn: wire[2 + at] === ON, isMeantOn: fuse[1] }],
  );
}

/** The file with the fuses: on macOS the framework beside the program. */
export function fuseFile(execPath: string, platform: NodeJS.Platform): string {
  return platform === 'darwin'
    ? resolve(execPath, '..', '..', 'Frameworks', 'Electron Framework.framework', 'Electron Framework')
    : execPath;
}
