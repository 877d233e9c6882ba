/**
 * Packs to another folder, whole or not at all: copy into a staging folder → read every copy back and compare → rename into place. The old
 * folder is not touched; `removeMoved` cleans it when the new one is in use. What a crash leaves is `move-journal.ts`'s. Knows files only.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { reason } from '../reasons';
import { removeStaleStaging } from './staging';
import { PackRefusal } from './refusal';

export interface MoveProgress {
  /** Bytes copied and compared so far, and in all. */
  bytes: number;
  totalBytes: number;
}

/** Room that must be left on the disk. */
const SPARE_BYTES = 64 * 1024 * 1024;
/** What a folder is called that is made for the packs in one that holds other things. */
const OWN_FOLDER = 'Tandem packs';

/** The folder to use at the start, and whether the one that was chosen is not there: a disk may be away, which must not look like no packs. */
export function packsFolderAtStart(chosen: string | null, usual: string): { folder: string; isAway: boolean } {
  const isAway = chosen !== null && !existsSync(chosen);
  return { folder: isAway ? usual : (chosen ?? usual), isAway };
}

/** Where packs go when a person chooses a folder: it itself where it is empty, else a folder in it. Throws PackRefusal. */
export async function targetIn(chosen: string, from: string): Promise<string> {
  const target = (await isFree(chosen)) ? chosen : join(chosen, OWN_FOLDER);
  const way = relative(from, target);
  if (way === '' || (!way.startsWith('..') && way !== target))
    throw new PackRefusal(target, reason`it is the packs’ folder, or in it. Choose a folder elsewhere.`);
  if (!(await isFree(target))) throw new PackRefusal(target, reason`it holds other files. Choose an empty folder.`);
  return target;
}

/** Copies everything that `from` holds, and gives the names. Throws PackRefusal or the signal's reason; nothing is left then. */
export async function copyPacks(
  from: string,
  to: string,
  onProgress: (progress: MoveProgress) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const names = await packNames(from);
  const files = (await Promise.all(names.map((name) => filesIn(join(from, name))))).flat();
  const progress = { bytes: 0, totalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  const made = await mkdir(to, { recursive: true });
  await removeStaleStaging(to);
  const staging = join(to, `.import-${process.pid}-${randomBytes(6).toString('hex')}`);
  const placed: string[] = [];
  try {
    await checkRoom(to, progress.totalBytes);
    for (const name of names) await mkdir(join(staging, name), { recursive: true });
    onProgress(progress);
    for (const { path, bytes } of files) {
      await copyCompared(path, join(staging, relative(from, path)), signal);
      progress.bytes += bytes;
      onProgress(progress);
    }
    if ((await packNames(from)).join() !== names.join())
      throw new PackRefusal(from, reason`packs were added or removed meanwhile. Move them again.`);
    for (const name of names) {
      await rename(join(staging, name), join(to, name));
      placed.push(name);
    }
    await rm(staging, { recursive: true, force: true });
    return names;
  } catch (error) {
    for (const name of [...placed.map((one) => join(to, one)), staging]) await rm(name, { recursive: true, force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    signal.throwIfAborted();
    if (error instanceof PackRefusal) throw error;
    throw new PackRefusal(to, reason`the packs cannot be moved there (${error instanceof Error ? error.message : String(error)}).`, {
      cause: error,
    });
  }
}

/** Whatever else came into the folder stays. Throws what the system throws; what could be removed is. */
export async function removeMoved(from: string, names: readonly string[]): Promise<void> {
  const outcomes = await Promise.allSettled(names.map((name) => rm(join(from, name), { recursive: true, force: true, maxRetries: 5 })));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Names beginning with a dot are imports under way, or the system's. */
export async function packNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => !name.startsWith('.')).sort();
}

async function filesIn(path: string): Promise<{ path: string; bytes: number }[]> {
  const found = await lstat(path);
  if (found.isFile()) return [{ path, bytes: found.size }];
  if (!found.isDirectory()) throw new PackRefusal(path, reason`it is neither a file nor a folder, and cannot be moved. Remove it.`);
  return (await Promise.all((await readdir(path)).map((name) => filesIn(join(path, name))))).flat();
}

async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes + SPARE_BYTES <= free) return;
  const megabytes = (count: number) => Math.ceil(count / 1e6);
  throw new PackRefusal(
    folder,
    reason`the packs need ${megabytes(bytes)} MB, but its disk has ${megabytes(free)} MB left. Make room, or choose another.`,
  );
}

async function copyCompared(from: string, to: string, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const hash = createHash('sha256');
  const hashing = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      hash.update(piece);
      yield piece;
    }
  };
  await pipeline(createReadStream(from), hashing, createWriteStream(to, { flags: 'wx', flush: true }), { signal });
  const back = createHash('sha256');
  await pipeline(createReadStream(to), back, { signal });
  if (back.digest('hex') !== hash.digest('hex'))
    throw new PackRefusal(to, reason`the copy is not what was copied. The disk may be failing.`);
}

/** Not there, or nothing in it that is not the remains of such a move. */
async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).every((name) => name.startsWith('.import-'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
    throw new PackRefusal(
      folder,
      reason`it cannot be read (${error instanceof Error ? error.message : String(error)}). Choose another folder.`,
    );
  }
}
