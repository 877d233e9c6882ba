/**
 * Compares a pack folder with what its manifest declares: sizes, sha256, and nothing besides.
 * Knows files only; what is inside a graph is the inference process's to check.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { PackManifest } from '../../shared/pack';
import { reason } from '../reasons';

export const MANIFEST_FILE = 'pack.json';

/** Small enough that hashing one piece does not hold up an event loop. */
const PIECE_BYTES = 256 * 1024;

/** What file managers leave in folders; not part of a pack and no reason to refuse it. */
export const DESKTOP_FILES = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

type DeclaredFile = PackManifest['files'][number];

/** Everything that differs from the manifest, one sentence each; empty when the pack is whole. Reads every byte. */
export async function verifyPackFiles(folder: string, manifest: PackManifest, signal?: AbortSignal): Promise<string[]> {
  const problems: string[] = [];
  for (const file of manifest.files) {
    signal?.throwIfAborted();
    const problem = (await sizeProblem(folder, file)) ?? (await hashProblem(folder, file, signal));
    if (problem !== null) problems.push(problem);
  }
  const declared = new Set(manifest.files.map((file) => file.path));
  for (const path of await listFiles(folder)) {
    if (!declared.has(path)) problems.push(reason`${path}: not listed in ${MANIFEST_FILE}; expected no other files. Remove it.`);
  }
  return problems;
}

/** What is wrong with the presence or size of a declared file, or null. Reads no content. */
export async function sizeProblem(folder: string, file: DeclaredFile): Promise<string | null> {
  try {
    const found = await lstat(join(folder, file.path));
    if (!found.isFile()) return reason`${file.path}: not a regular file; expected a file of ${file.bytes} bytes.`;
    if (found.size !== file.bytes) return reason`${file.path}: ${found.size} bytes; expected ${file.bytes}. Get the pack again.`;
    return null;
  } catch (error) {
    return reason`${file.path}: ${readFailure(error)}; expected ${file.bytes} bytes. Get the pack again.`;
  }
}

async function hashProblem(folder: string, file: DeclaredFile, signal?: AbortSignal): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(join(folder, file.path), { highWaterMark: PIECE_BYTES, signal })) {
      hash.update(piece as Buffer);
    }
  } catch (error) {
    signal?.throwIfAborted();
    return reason`${file.path}: ${readFailure(error)}; expected sha256 ${file.sha256}.`;
  }
  const sha256 = hash.digest('hex');
  return sha256 === file.sha256 ? null : reason`${file.path}: sha256 ${sha256}; expected ${file.sha256}. Get the pack again.`;
}

/** In words, why a file could not be read. */
export function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return reason`missing`;
  if (code === 'EACCES' || code === 'EPERM') return reason`not readable (no permission)`;
  return reason`not readable (${error instanceof Error ? error.message : String(error)})`;
}

/** Every file below the folder but the manifest, as manifest paths, in a stable order. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !DESKTOP_FILES.has(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== MANIFEST_FILE)
    .sort();
}
