/** The text to translate, from a file or standard input. */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { CommandFailure, fromCallersFolder } from './pack-folders';

/** `file` null: standard input. Throws CommandFailure. */
export async function readInput(file: string | null): Promise<string> {
  const name = file ?? 'Standard input';
  const bytes = await readBytes(file).catch((error: unknown) => {
    throw new CommandFailure(`${name} cannot be read: ${reason(error)}.`);
  });
  if (!isUtf8(bytes)) throw new CommandFailure(`${name} is not UTF-8 text. Convert it first.`);
  return bytes.toString('utf8');
}

async function readBytes(file: string | null): Promise<Buffer> {
  if (file !== null) return readFile(fromCallersFolder(file));
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
