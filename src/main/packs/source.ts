/**
 * What is to be imported, a folder or a zip, as a list of files that can be read: names and sizes are checked before a byte is unpacked.
 * Links, devices, encrypted entries, bombs and paths that lead elsewhere are refused here, whoever declares them.
 */
import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { reason } from '../reasons';
import { pathKey, pathProblem } from './pack-path';
import { getAgain, notTrusted, PackRefusal } from './refusal';
import { DESKTOP_FILES, readFailure } from './verify';

export interface SourceFile {
  /** Inside the pack, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  open(): Promise<Readable>;
}

export interface PackSource {
  /** What the person chose, without its folders. */
  readonly name: string;
  readonly files: readonly SourceFile[];
  close(): Promise<void>;
}

const MOST_FILES = 5_000;
/** Entries that unpack to more than this must not shrink by more than the ratio: weights hardly shrink at all. */
const BIG_ENTRY_BYTES = 16 * 1024 * 1024;
const MOST_RATIO = 100;

/** What programs that fetch and pack folders leave in them. */
const FOREIGN_FOLDERS = new Set(['.git', '.cache', '__MACOSX']);

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;
const LINK = 0o120000;
const MADE_ON_UNIX = 3;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** Throws PackRefusal. Where all files lie in one folder, that folder is the pack. */
export async function openSource(path: string): Promise<PackSource> {
  const name = basename(path);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (found.isDirectory()) return { name, files: rooted(await folderFiles(path)), close: () => Promise.resolve() };
  if (!found.isFile()) throw new PackRefusal(name, reason`not a file or folder; expected a pack as a folder or a zip. Choose another.`);
  return openZip(path, name);
}

async function folderFiles(root: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const name of (await readdir(join(root, folder))).sort()) {
      if (DESKTOP_FILES.has(name) || FOREIGN_FOLDERS.has(name)) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      const problem = pathProblem(path);
      if (problem !== null) throw new PackRefusal(path, reason`${problem}. Rename it.`);
      const full = join(root, path);
      const found = await lstat(full);
      if (found.isSymbolicLink()) throw new PackRefusal(path, reason`got a link, expected a file. Put the file itself there.`);
      if (found.isDirectory()) pending.push(path);
      else if (!found.isFile()) throw new PackRefusal(path, reason`got something that is not a file. ${notTrusted()}`);
      else files.push({ path, bytes: found.size, open: () => openFile(full) });
      if (files.length + pending.length > MOST_FILES) throw tooMany();
    }
  }
  return files;
}

/** Not through a link that has come in the file's place since. */
async function openFile(path: string): Promise<Readable> {
  const handle = await open(path, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NOFOLLOW));
  return handle.createReadStream();
}

async function openZip(path: string, name: string): Promise<PackSource> {
  const zip = await openArchive(path, name);
  try {
    const files: SourceFile[] = [];
    const keys = new Set<string>();
    let packedBytes = 0;
    for await (const entry of zip.eachEntry()) {
      if (zip.entryCount > MOST_FILES) throw tooMany();
      const entryPath = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
      if (checkEntry(entryPath, entry) === 'folder' || entryPath.split('/').some((part) => FOREIGN_FOLDERS.has(part))) continue;
      if (DESKTOP_FILES.has(basename(entryPath))) continue;
      if (keys.has(pathKey(entryPath))) {
        throw new PackRefusal(entryPath, reason`got two files of this name, expected one: which counts cannot be known. ${notTrusted()}`);
      }
      keys.add(pathKey(entryPath));
      packedBytes += entry.compressedSize;
      if (packedBytes > zip.fileSize) throw new PackRefusal(entryPath, reason`lies over other files of the zip. ${notTrusted()}`);
      files.push({ path: entryPath, bytes: entry.uncompressedSize, open: () => zip.openReadStreamPromise(entry) });
    }
    return { name, files: rooted(files), close: () => closed(zip) };
  } catch (error) {
    await closed(zip);
    throw error instanceof PackRefusal
      ? error
      : new PackRefusal(name, reason`the zip is damaged (${words(error)}). ${getAgain()}`, { cause: error });
  }
}

async function openArchive(path: string, name: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw unreadable(name, error);
    throw new PackRefusal(
      name,
      (await beginsAsZip(path))
        ? reason`the zip is damaged (${words(error)}). ${getAgain()}`
        : reason`not a zip; expected a pack as a folder or a zip. Choose another.`,
      { cause: error },
    );
  }
}

/** Whether it was a zip once: cut short by a download, say, which takes the end with its list of files. */
async function beginsAsZip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}

/** Refuses what no program that packs models writes. */
function checkEntry(path: string, entry: Entry): 'file' | 'folder' {
  const type = entry.versionMadeBy >> 8 === MADE_ON_UNIX ? (entry.externalFileAttributes >>> 16) & FILE_TYPE : 0;
  const isFolder = path.endsWith('/');
  const problem = pathProblem(isFolder ? path.slice(0, -1) : path);
  const shown = path === '' ? reason`(no name)` : path;
  if (problem !== null) throw new PackRefusal(shown, reason`${problem}. ${notTrusted()}`);
  if (type === LINK) throw new PackRefusal(shown, reason`got a link, expected a file. ${notTrusted()}`);
  if (type !== 0 && type !== (isFolder ? FOLDER : REGULAR))
    throw new PackRefusal(shown, reason`got something that is not a file. ${notTrusted()}`);
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) {
    throw new PackRefusal(shown, reason`locked with a password, expected an open zip. Unpack it, and import the folder.`);
  }
  const { compressionMethod: method, compressedSize, uncompressedSize } = entry;
  if (method !== STORED && method !== DEFLATED) {
    throw new PackRefusal(shown, reason`packed with method ${method}, expected deflate. Unpack the zip, and import the folder.`);
  }
  if (uncompressedSize > BIG_ENTRY_BYTES && uncompressedSize > compressedSize * MOST_RATIO) {
    throw new PackRefusal(
      shown,
      reason`would unpack from ${compressedSize} to ${uncompressedSize} bytes, which no weights do. ${notTrusted()}`,
    );
  }
  return isFolder ? 'folder' : 'file';
}

/** Without the folders that all files lie in. */
function rooted(files: SourceFile[]): SourceFile[] {
  const [first] = files;
  const cut = first?.path.indexOf('/') ?? -1;
  if (!first || cut < 0) return files;
  const folder = first.path.slice(0, cut + 1);
  if (!files.every(({ path }) => path.startsWith(folder))) return files;
  return rooted(files.map((file) => ({ ...file, path: file.path.slice(folder.length) })));
}

const closed = (zip: ZipFile) =>
  new Promise<void>((resolve) => {
    zip.once('close', resolve);
    zip.close();
  });

const tooMany = () =>
  new PackRefusal(reason`pack`, reason`got more than ${MOST_FILES} files, expected a model's few. Choose the pack's own folder.`);

const unreadable = (name: string, error: unknown) =>
  new PackRefusal(name, reason`${readFailure(error)}; expected a pack as a folder or a zip. Choose another.`, { cause: error });

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
